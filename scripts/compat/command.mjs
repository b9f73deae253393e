import { spawn } from 'node:child_process';

/** Far above what any command takes, so that one that hangs is a failure. In milliseconds. */
const TIME_LIMIT_MS = 300_000;

/** Runs a command, and resolves with its exit code and all that it printed. */
export function run(command, args, { timeout = TIME_LIMIT_MS, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const deadline = setTimeout(() => {
      output += `\nstopped after ${timeout / 1000} s`;
      child.kill('SIGKILL');
    }, timeout);
    child.on('error', (error) => (output += String(error)));
    child.on('close', (code) => {
      clearTimeout(deadline);
      resolve({ isOk: code === 0, output });
    });
  });
}

/** Like {@link run}, for a step that the rest needs. Rejects with what the command printed. */
export async function runStep(command, args, options) {
  const { isOk, output } = await run(command, args, options);
  if (!isOk) throw new Error(`${command} ${args.join(' ')}\n${output}`);
  return output;
}
