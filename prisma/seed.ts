import { loadEnvFiles } from '@/lib/env';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem, closePrisma } from '@/lib/store';

// `npx prisma db seed`: what every start of the product does by itself, for a database that was migrated by hand.
loadEnvFiles();
try {
  const added = await asSystem(seedCatalogue);
  process.stdout.write(added.length > 0 ? `Added ${added.join(', ')}\n` : 'Nothing to add\n');
} finally {
  await closePrisma();
}
