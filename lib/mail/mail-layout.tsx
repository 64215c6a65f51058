import { Body, Button, Container, Head, Heading, Hr, Html, Preview, Section, Text } from '@react-email/components';
import type { MailContent } from './mail-content';

const FONT = '-apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';
const INK = '#14202b';
const MUTED = '#56626e';
const text = { margin: '0 0 12px', color: INK, fontSize: '15px', lineHeight: '23px' } as const;
const small = { margin: '0 0 8px', color: MUTED, fontSize: '13px', lineHeight: '20px' } as const;

interface MailLayoutProps {
  content: MailContent;
  locale: string;
  /** The operator's name for the product, and the main colour of its light theme. */
  product: string;
  color: string;
}

/** The one look of our mails: paper, one column, one action. Colours are those of the console's light theme. */
export function MailLayout({ content, locale, product, color }: MailLayoutProps) {
  const { subject, heading, paragraphs, facts, action, footnote } = content;
  return (
    <Html lang={locale}>
      <Head>
        <title>{subject}</title>
      </Head>
      <Preview>{paragraphs[0] ?? heading}</Preview>
      <Body style={{ backgroundColor: '#fbfaf7', fontFamily: FONT, margin: 0, padding: '32px 12px' }}>
        <Container style={{ maxWidth: '520px', backgroundColor: '#ffffff', border: '1px solid #ddd9d0', borderRadius: '10px', padding: '28px' }}>
          <Text style={{ ...small, margin: '0 0 20px', fontWeight: 600, color }}>{product}</Text>
          <Heading as="h1" style={{ margin: '0 0 16px', color: INK, fontSize: '20px', lineHeight: '28px', fontWeight: 600 }}>
            {heading}
          </Heading>
          {paragraphs.map((paragraph) => (
            <Text key={paragraph} style={text}>
              {paragraph}
            </Text>
          ))}
          {facts && (
            <Section style={{ margin: '4px 0 12px' }}>
              {facts.map(([label, value]) => (
                <Text key={label} style={{ ...text, margin: '0 0 4px' }}>
                  <span style={{ color: MUTED }}>{label}:</span> {value}
                </Text>
              ))}
            </Section>
          )}
          {action && (
            <Section style={{ margin: '20px 0' }}>
              <Button
                href={action.url}
                style={{ backgroundColor: color, color: '#ffffff', borderRadius: '6px', padding: '10px 18px', fontSize: '15px', fontWeight: 600 }}
              >
                {action.label}
              </Button>
              <Text style={{ ...small, margin: '16px 0 0', wordBreak: 'break-all' }}>{action.url}</Text>
            </Section>
          )}
          <Hr style={{ borderColor: '#ddd9d0', margin: '20px 0 12px' }} />
          <Text style={{ ...small, margin: 0 }}>{footnote}</Text>
        </Container>
      </Body>
    </Html>
  );
}
