/** The product's mark: lines that become a list, the last of them with its outcome. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect class="brand-ground" width="24" height="24" rx="6" />
      <path class="brand-lines" d="M6 7.25h12M6 12h12M6 16.75h6.5" />
      <circle class="brand-dot" cx="17" cy="16.75" r="1.75" />
    </svg>
  );
}
