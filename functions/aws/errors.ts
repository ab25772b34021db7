/** The one name under which the workflow tries a step again: AWS was busy, broken or silent. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}
