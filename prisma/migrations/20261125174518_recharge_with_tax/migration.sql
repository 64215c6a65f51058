-- AlterTable
ALTER TABLE "recharge_attempt" ADD COLUMN     "taxed" BOOLEAN NOT NULL DEFAULT false;


