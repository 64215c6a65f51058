/** Throw-away mail services with open inboxes: the widespread ones; whoever needs a longer list limits sign-up to known domains. */
const DOMAINS = new Set(
  `10minutemail.com 20minutemail.com 33mail.com anonbox.net burnermail.io discard.email dispostable.com dropmail.me emailondeck.com emltmp.com fakeinbox.com
  fakemail.net getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org
  guerrillamailblock.com harakirimail.com inboxkitten.com incognitomail.org jetable.org mail-temp.com mail.tm mailcatch.com maildrop.cc mailinator.com mailinator.net
  mailnesia.com mailnull.com mailsac.com mailtemp.net minutemail.com mohmal.com moakt.com mytemp.email nada.email sharklasers.com spam4.me spamgourmet.com
  temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.dev tempmail.net tempmailo.com tempr.email throwawaymail.com tmail.io tmpmail.net tmpmail.org
  trashmail.com trashmail.de trashmail.net wegwerfmail.de yopmail.com yopmail.fr yopmail.net`.split(/\s+/),
);

/** Whether a mailbox belongs to a throw-away service, subdomains included. */
export function isDisposable(email: string): boolean {
  const labels = (email.split('@').at(-1) ?? '').toLowerCase().split('.');
  return labels.some((_, at) => DOMAINS.has(labels.slice(at).join('.')));
}
