import { Component, type ErrorInfo, type ReactNode } from 'react';

/**
 * Where a part of the page breaks: says so in its place, and offers to begin again, in place of a
 * page that is empty. The next `about` is tried anew.
 */
export class Faults extends Component<{ readonly about: string; readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidUpdate(before: { readonly about: string }): void {
    if (this.state.broken && before.about !== this.props.about) this.setState({ broken: false });
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>This page broke</h1>
        <p className="lead">That is a fault of ours; nothing that was said is lost. Load the page again: the conversation is taken up where it was.</p>
        <div className="edit-buttons">
          <button type="button" className="small strong" onClick={() => location.reload()}>Load again</button>
          <a className="small" href="/" onClick={() => sessionStorage.clear()}>Begin from the first page</a>
        </div>
      </main>
    );
  }
}
