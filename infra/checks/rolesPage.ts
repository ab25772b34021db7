import { permissionsOf } from './permissionsOf.ts';
import { resourcesOf, type PlainTemplate } from './plainTemplate.ts';

const ABOUT = `# Roles

Every role of the stack, the service that works with it, and everything it may do. A function has a role of its own, and
\`infra/grantPermissions.ts\` says why it may do each thing. A resource in angle brackets is one of the stack: \`<OrdersBucket.Arn>\`.
\`*\` stands where AWS knows no resource: the delivery of logs, and traces. People of the account take on \`OrdersForgetRole\` for
\`npm run forget\`, if their own policies allow it: [operations](operations.md#forget-what-people-wrote).

This page is made from the template by \`node infra/checks/writeRolesPage.ts\`; a test compares the two.
`;

/** The text of docs/roles.md, before Prettier lays out its table. */
export function rolesPage(template: PlainTemplate): string {
  const permissions = permissionsOf(template);
  const rows = resourcesOf(template, 'AWS::IAM::Role').map(({ name, properties }) => {
    const { Statement } = Object(properties['AssumeRolePolicyDocument']);
    const { Service = 'people' } = Object(Object(Object(Statement)[0]).Principal);
    const service = String(Service).replace('.amazonaws.com', '');
    return [`\`${name}\``, service, byResource(permissions[name] ?? []).join('<br>')];
  });
  const table = [['role', 'service', 'may'], ['-', '-', '-'], ...rows];
  return `${ABOUT}\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** `s3:GetObject, s3:PutObject` on one resource are one line. */
function byResource(lines: readonly string[]): readonly string[] {
  const groups = Map.groupBy(lines, (line) => line.slice(line.indexOf(' ') + 1));
  return [...groups].map(([resource, group]) => {
    const actions = group.map((line) => line.slice(0, line.indexOf(' '))).join(', ');
    return `${actions} on \`${resource}\``;
  });
}
