import { spawn } from 'node:child_process'

/**
 * Runs a command to its end; rejects unless it exits with 0.
 * @param options `stdout: 'stderr'` keeps the command's output apart from ours; `env` is added to the environment.
 */
export function run(command, args, { stdout = 'inherit', env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'], env: { ...process.env, ...env } })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`))))
  })
}

/** Runs a command and keeps what it says. */
export function capture(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ isOk: false, output: error.message }))
    child.once('close', (code) => resolve({ isOk: code === 0, output }))
  })
}
