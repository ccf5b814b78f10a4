using Microsoft.Playwright;

namespace Showcase.Browser.Tests;

/// <summary>The connection of a page, from which a test may hold back what the server sends.</summary>
public sealed class Wire
{
    private readonly List<(IWebSocketRoute Page, string Text)> _held = [];
    private readonly Lock _lock = new();
    private Func<string, bool> _holds = static _ => false;
    private bool _holdsAll;

    private Wire()
    {
    }

    /// <summary>Stands between a page that is not open yet and the server.</summary>
    public static async Task<Wire> OfAsync(IPage page)
    {
        var wire = new Wire();
        await page.RouteWebSocketAsync("**/connection/websocket", route =>
        {
            var server = route.ConnectToServer();
            server.OnMessage(frame => wire.Take(route, frame.Text!));
        });
        return wire;
    }

    /// <summary>Holds back the messages that fit.</summary>
    public void Hold(Func<string, bool> fits)
    {
        lock (_lock) _holds = fits;
    }

    /// <summary>Holds back the first message that fits and all after it: nothing overtakes another on a real connection.</summary>
    public void HoldFrom(Func<string, bool> fits) => Hold(message => _holdsAll |= fits(message));

    /// <summary>Lets go of everything that was held back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holds = static _ => false;
            _holdsAll = false;
            foreach (var (page, text) in _held) page.Send(text);
            _held.Clear();
        }
    }

    private void Take(IWebSocketRoute page, string frame)
    {
        lock (_lock)
        {
            // A frame holds a message in each line.
            var lines = frame.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToLookup(_holds);
            _held.AddRange(lines[true].Select(line => (page, line)));
            if (lines[false].Any()) page.Send(string.Join('\n', lines[false]));
        }
    }
}
