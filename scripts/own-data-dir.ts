import os from 'node:os';
import path from 'node:path';

// Test files that run at the same time must not answer on each other's sockets, whose names come from this folder.
process.env.DATA_DIR = path.join(os.tmpdir(), `fairlead-test-${process.pid}`);
