/** A variable that the operator's own configuration names, as `${env:NAME}` in fairlead.yaml; everything else comes from `env()`. */
export function namedVariable(name: string): string | undefined {
  return process.env[name];
}
