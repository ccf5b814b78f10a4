using System.Text.Json;
using Duplex.WebSockets.Client;

namespace Showcase.Lab.Report.Ways;

/// <summary>A subscription of the hub, which recovers after an interruption: docs/protocol/centrifuge.md.</summary>
internal static class HubSubscription
{
    public static async Task ReceiveAsync(Source source, CancellationToken stop)
    {
        var (address, options) = (source.SocketAddress("/connection/websocket"), source.Fields.SocketFor(source.Origin));
        var position = new Position(0, null);
        while (true)
        {
            try
            {
                await using var client = await WebSocketClient.ConnectAsync(address, options, stop);
                await client.SendAsync("""{"id":1,"connect":{"name":"laboratory"}}""", stop);
                await client.SendAsync(position.SubscribeTo($"lab:{source.Run}"), stop);
                await foreach (var message in client.ReadAllAsync(stop))
                {
                    foreach (var line in message.GetText().Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    {
                        using var parsed = JsonDocument.Parse(line);
                        if (parsed.RootElement.EnumerateObject().MoveNext()) position = Take(source, parsed.RootElement, position);
                        else await client.SendAsync("{}", stop);
                    }
                }
            }
            catch (WebSocketClientException)
            {
                // The line was cut: the next subscription recovers from the position.
            }

            await Task.Delay(Source.RetryDelay, stop);
        }
    }

    private static Position Take(Source source, JsonElement reply, Position position)
    {
        if (reply.TryGetProperty("push", out var push) && push.TryGetProperty("pub", out var publication)) return Take(source, publication, position.Epoch);
        if (!reply.TryGetProperty("subscribe", out var subscribed)) return position;
        var epoch = subscribed.GetProperty("epoch").GetString();
        position = new Position(OffsetOf(subscribed), epoch);
        if (!subscribed.TryGetProperty("publications", out var recovered)) return position;
        foreach (var missed in recovered.EnumerateArray()) position = Take(source, missed, epoch);
        return position;
    }

    private static Position Take(Source source, JsonElement publication, string? epoch)
    {
        source.Arrivals.Add(publication.GetProperty("data"));
        return new Position(OffsetOf(publication), epoch);
    }

    // An offset of zero is omitted.
    private static long OffsetOf(JsonElement value) => value.TryGetProperty("offset", out var offset) ? offset.GetInt64() : 0;

    /// <summary>The position in the stream up to which events have arrived.</summary>
    private readonly record struct Position(long Offset, string? Epoch)
    {
        public string SubscribeTo(string channel)
        {
            var recovery = Epoch is null ? "" : $",\"recover\":true,\"offset\":{Offset},\"epoch\":\"{Epoch}\"";
            return $"{{\"id\":2,\"subscribe\":{{\"channel\":\"{channel}\"{recovery}}}}}";
        }
    }
}
