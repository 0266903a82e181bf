/** What the picture worker is asked. Bytes are a stranger's: they are decoded there, away from the page. */
export type PictureJob =
  | { readonly id: number; readonly what: 're-encode'; readonly bytes: Uint8Array }
  | { readonly id: number; readonly what: 'decode'; readonly bytes: Uint8Array; readonly watermark: string }

/** What it answers: fresh JPEG bytes, pixels, or the code of a refusal. */
export type PictureAnswer =
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly bitmap: ImageBitmap }
  | { readonly id: number; readonly refused: 'not-an-image' | 'too-many-pixels' }
