import type { Command } from '../command';
import { backup, restore } from './backup';
import { budgetCreate } from './budget';
import { catalogUpdate } from './catalog';
import { configApply, configExport, configPlan } from './config';
import { creditGrant } from './credit';
import { doctor } from './doctor';
import { importGateway } from './import';
import { keyCreate, keyRevoke, keyRotate } from './key';
import { logsTail } from './logs';
import { orgCreate, orgList } from './org';
import { rerateCommand } from './rerate';
import { setup } from './setup';

/** Every command, in the order `fairlead --help` lists them. */
export const COMMANDS: readonly Command[] = [
  doctor,
  configPlan,
  configApply,
  configExport,
  importGateway,
  catalogUpdate,
  orgCreate,
  orgList,
  keyCreate,
  keyRevoke,
  keyRotate,
  budgetCreate,
  creditGrant,
  logsTail,
  rerateCommand,
  setup,
  backup,
  restore,
];
