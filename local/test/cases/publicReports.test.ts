import { expect, test } from 'vitest';
import { failuresOf } from './judge.ts';
import { hasPython, runStep } from './steps.ts';
import { startReport } from './startReport.ts';
import { readReports } from './reports.ts';

const reports = readReports();
const steps = reports.flatMap((report) => report.steps);
const python = hasPython();

test(`has the cases of public reports (${reports.length} of them, ${steps.length} steps)`, ({ skip }) => {
  if (reports.length === 0)
    skip('0 cases of public reports: they are not beside the project on this machine');

  expect(reports.length).toBeGreaterThan(0);
});

for (const report of reports) {
  test(`does what AWS does: ${report.name}`, async ({ skip }) => {
    if (!python && report.steps.some((step) => step.do === 'python'))
      skip(`${report.name} needs python3 with boto3 and requests, which this machine does not have`);
    const started = await startReport(report.folder);

    const failures: string[] = [];
    for (const step of report.steps) {
      const answer = await runStep(started, step);
      if (step.unclear === undefined) failures.push(...failuresOf(step, answer, started));
    }

    expect(failures).toEqual([]);
  });
}
