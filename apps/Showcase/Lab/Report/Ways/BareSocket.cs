using Duplex.WebSockets.Client;

namespace Showcase.Lab.Report.Ways;

/// <summary>A WebSocket without the hub: it connects again after an interruption, but nothing repeats what it has missed.</summary>
internal static class BareSocket
{
    public static async Task ReceiveAsync(Source source, CancellationToken stop)
    {
        var (address, options) = (source.SocketAddress($"/lab/{source.Run}/socket"), source.Fields.SocketFor(source.Origin));
        while (true)
        {
            try
            {
                await using var client = await WebSocketClient.ConnectAsync(address, options, stop);
                await foreach (var message in client.ReadAllAsync(stop)) source.Take(message.Payload);
            }
            catch (WebSocketClientException)
            {
                // The line was cut.
            }

            await Task.Delay(Source.RetryDelay, stop);
        }
    }
}
