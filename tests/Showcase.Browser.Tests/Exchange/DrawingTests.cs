namespace Showcase.Browser.Tests.Exchange;

/// <summary>Drawing while the market makes 500 book changes and 100 trades a second.</summary>
public sealed class DrawingTests(BusyMarket busy) : IClassFixture<BusyMarket>
{
    [Fact]
    public async Task The_page_changes_at_most_once_per_frame()
    {
        await using var person = await busy.Browser.NewPersonAsync(busy.Showcase.Address);
        var exchange = await ExchangePage.OpenAsync(person);
        // Every change of the book or the tape must happen inside the frame's callback, in one go.
        var batches = await exchange.Page.EvaluateAsync<int[]>("""
            async () => {
              let frame = 0;
              const batches = new Map();
              const count = () => { frame++; requestAnimationFrame(count); };
              requestAnimationFrame(count);
              const observer = new MutationObserver(() => batches.set(frame, (batches.get(frame) ?? 0) + 1));
              for (const panel of document.querySelectorAll('.book .rows, .tape-rows'))
                observer.observe(panel, { subtree: true, childList: true, characterData: true, attributes: true });
              while (frame < 240) await new Promise((resolve) => requestAnimationFrame(resolve));
              observer.disconnect();
              return [batches.size, Math.max(...batches.values())];
            }
            """);
        Assert.True(batches[0] > 10, "the book did not move");
        Assert.Equal(1, batches[1]);
    }
}
