import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

const reader = new MarkdownIt({ html: false, linkify: true });

/** Markdown as markup, cleaned of all that could act or load from elsewhere. */
export function render(text: string): string {
  return DOMPurify.sanitize(reader.render(text), {
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'img', 'svg', 'math'],
    FORBID_ATTR: ['style', 'class', 'id'],
  });
}
