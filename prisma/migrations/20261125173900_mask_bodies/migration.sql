-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "mask_bodies" BOOLEAN NOT NULL DEFAULT false;


