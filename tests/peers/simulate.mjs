// Answers policy simulations, one JSON object a line on stdin, one line each on stdout: the decision, or why there is none.
import { createInterface } from 'node:readline';
import { runSimulation } from '@cloud-copilot/iam-simulate';

const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const response = await runSimulation(JSON.parse(line), {});
  const result = response.resultType === 'error' ? { error: JSON.stringify(response.errors) }
    : { decision: response.overallResult, ignored: response.result?.ignoredContextKeys ?? [] };
  answers.push(JSON.stringify(result));
}

process.stdout.write(answers.join('\n') + '\n');
