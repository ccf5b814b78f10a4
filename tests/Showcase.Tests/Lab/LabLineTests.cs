using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Showcase.Lines;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Lab;

/// <summary>What the laboratory shows, measured on real sockets: each way has a line of its own.</summary>
public sealed class LabLineTests : LabSession
{
    private const int Polls = 20;

    [Fact]
    public async Task Polls_cost_a_request_each_and_a_socket_costs_one_and_a_tenth_of_the_bytes()
    {
        var run = await StartAsync("""{"perSecond":20}""");
        await using var polling = NewLine();
        await using var closing = NewLine();
        await using var pushing = NewLine();
        using var socket = await ConnectAsync(pushing, run);
        var before = pushing.Counts();

        // Every second poll is empty, as it is when polls are twice as frequent as events.
        using (var kept = ClientOf(polling))
        using (var closed = ClientOf(closing))
        {
            for (var poll = 1; poll <= Polls; poll++)
            {
                var after = poll % 2 == 0 ? long.MaxValue : poll;
                await WrittenAsync(run, poll + 1);
                foreach (var (client, close) in ((HttpClient, bool)[])[(kept, false), (closed, true)])
                    await client.GetStringAsync($"/lab/{run}/events?after={after}&close={close}", Stop);
            }
        }

        var received = 0;
        while (received < Polls / 2) received += (await ReadAsync(socket)).Length > 0 ? 1 : 0;

        Assert.Equal(1, polling.Counts().Opened);
        Assert.Equal(Polls, closing.Counts().Opened);
        Assert.Equal(1, pushing.Counts().Opened);
        var (polled, pushed) = (polling.Counts(), pushing.Counts());
        var bytesPerPush = (double)(pushed.Down.Delivered - before.Down.Delivered + pushed.Up.Delivered - before.Up.Delivered) / (await CountsAsync(run, "socket")).GetProperty("events").GetInt64();
        var bytesPerPolls = 2.0 * (polled.Down.Delivered + polled.Up.Delivered - (await CountsAsync(run, "poll")).GetProperty("bodyDown").GetInt64()) / Polls;
        Assert.True(bytesPerPolls >= 10 * bytesPerPush, $"heads of polls {bytesPerPolls:F0} B, a push {bytesPerPush:F0} B");
    }

    [Fact]
    public async Task After_a_cut_the_socket_has_lost_events_and_the_hub_has_none_missing_and_none_twice()
    {
        var run = await StartAsync("""{"perSecond":20}""");
        await using var bare = NewLine();
        await using var hub = NewLine();
        using var socket = await ConnectAsync(bare, run);
        var last = NumberOf(await ReadAsync(socket));
        JsonElement position;
        await using (var client = await ProtocolClient.OpenAsync(AddressOf(hub)))
        {
            await client.ConnectAsync("{}");
            position = await client.SubscribeAsync($"lab:{run}");
            bare.Settings = hub.Settings = new LineSettings { State = LineState.Cut };
            await client.ClosedAsync();
        }

        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (true) last = NumberOf(await ReadAsync(socket));
        });
        await WrittenAsync(run, Math.Max(last, position.GetProperty("offset").GetInt64()) + 5);
        bare.Settings = hub.Settings = new LineSettings();

        using var again = await ConnectAsync(bare, run);
        Assert.True(NumberOf(await ReadAsync(again)) > last + 1, "the socket has missed nothing");

        await using var returned = await ProtocolClient.OpenAsync(AddressOf(hub));
        await returned.ConnectAsync("{}");
        var offset = position.GetProperty("offset").GetInt64();
        var recovered = (await returned.CommandAsync(
            "subscribe",
            $$"""{"channel":"lab:{{run}}","recover":true,"offset":{{offset}},"epoch":{{position.GetProperty("epoch").GetRawText()}}}""")).GetProperty("subscribe");
        Assert.True(recovered.GetProperty("recovered").GetBoolean());
        var numbers = recovered.GetProperty("publications").EnumerateArray().Select(static known => known.GetProperty("data").GetProperty("n").GetInt64()).ToList();
        Assert.True(numbers.Count >= 5);
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(index => offset + 1 + index), numbers);
        Assert.Equal(numbers[^1] + 1, (await returned.PublicationAsync($"lab:{run}")).GetProperty("n").GetInt64());
    }

    private static Uri AddressOf(Line line) => new($"http://127.0.0.1:{line.Port}");

    private static HttpClient ClientOf(Line line) => new() { BaseAddress = AddressOf(line) };

    private static long NumberOf(string text) => JsonElement.Parse(text).GetProperty("n").GetInt64();

    private static async Task<ClientWebSocket> ConnectAsync(Line line, string run)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{line.Port}/lab/{run}/socket"), Stop);
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, Stop);
        Assert.True(received is { EndOfMessage: true, MessageType: WebSocketMessageType.Text });
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private Line NewLine() => new(new IPEndPoint(IPAddress.Loopback, Showcase.Http.Port), new LineSettings(), TimeProvider.System);

    private async Task<JsonElement> CountsAsync(string run, string way) =>
        (await Client.CallAsync("lab.counts", $$"""{"run":"{{run}}"}""")).GetProperty("ways").GetProperty(way);

    // Waits until an event of at least this number is written.
    private async Task WrittenAsync(string run, long number)
    {
        while ((await Http.GetFromJsonAsync<JsonElement>($"/lab/{run}/wait?after={number - 1}", Stop)).GetProperty("events").GetArrayLength() == 0)
        {
        }
    }
}
