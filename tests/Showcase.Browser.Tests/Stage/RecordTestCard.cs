using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Showcase.Browser.Tests.Stage;

/// <summary>Records the test card. No test: apps/Showcase/Stage/record-test-card runs it.</summary>
public sealed class RecordTestCard(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const long Microseconds = 25_000_000;

    [Fact(Explicit = true)]
    public async Task Record()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var stage = await StagePage.OpenAsync(ada);
        await stage.GoOnStageAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(showcase.Showcase.Address) { Scheme = "ws", Path = "/webinar/main/watch" }.Uri, TestContext.Current.CancellationToken);
        await using var file = File.Create(Repository.PathOf("apps", "Showcase", "Stage", "test-card.clip"));
        var (buffer, length) = (new byte[300_000], new byte[4]);
        List<byte[]> configs = [];
        long? start = null;
        while (true)
        {
            var filled = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(filled), TestContext.Current.CancellationToken);
                filled += received.Count;
            }
            while (!received.EndOfMessage);

            var at = BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(5));
            // Kinds 1 and 4 are configurations; the clip begins with them and with the key picture, 2, after the first group.
            if (buffer[0] is 1 or 4) configs.Add(buffer[..filled]);
            if (start is null && buffer[0] == 2 && configs.Count == 2)
            {
                start = at;
                foreach (var config in configs)
                {
                    BinaryPrimitives.WriteInt64BigEndian(config.AsSpan(5), at);
                    await WriteAsync(config);
                }
            }

            if (start is null) continue;
            // A clip ends before a key picture, so that it can begin again.
            if (at - start >= Microseconds && buffer[0] == 2) break;
            if (buffer[0] is not (1 or 4)) await WriteAsync(buffer.AsMemory(0, filled));
        }

        async Task WriteAsync(ReadOnlyMemory<byte> message)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
            await file.WriteAsync(length, TestContext.Current.CancellationToken);
            await file.WriteAsync(message, TestContext.Current.CancellationToken);
        }
    }
}
