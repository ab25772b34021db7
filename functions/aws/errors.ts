/** The one name under which the workflow tries a step again: AWS was busy, refused, failed or did not answer. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}
