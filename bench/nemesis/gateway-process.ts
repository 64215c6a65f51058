// One gateway process of a nemesis run: the runtime behind the node door. Its parent kills it when it likes.
import { startTestGateway } from '@/lib/testing/gateway';

const gateway = await startTestGateway();
process.send?.({ baseUrl: gateway.baseUrl.node });
process.once('SIGTERM', () => void gateway.close().finally(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
