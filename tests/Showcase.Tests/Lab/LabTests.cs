using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Showcase.Tests.Lab;

/// <summary>docs/protocol/lab.md, from outside.</summary>
public sealed class LabTests : LabSession
{
    [Fact]
    public async Task Every_way_carries_the_same_events()
    {
        var run = await StartAsync("""{"perSecond":20,"payloadBytes":10}""");
        await Client.SubscribeAsync($"lab:{run}");
        using var socket = await ConnectAsync(run);
        using var stream = await StreamAsync(run, after: 0);

        var pushed = (await Client.PublicationAsync($"lab:{run}", static data => data.GetProperty("n").GetInt64() >= 5)).GetRawText();
        var number = JsonElement.Parse(pushed).GetProperty("n").GetInt64();

        Assert.Contains(pushed, (await PollAsync($"/lab/{run}/events?after={number - 1}")).Select(static known => known.GetRawText()));
        Assert.Contains(pushed, (await PollAsync($"/lab/{run}/wait?after={number - 1}")).Select(static known => known.GetRawText()));
        Assert.Equal(pushed, await ReadSocketAsync(socket, number));
        string? line;
        do line = await stream.ReadLineAsync(Stop);
        while (line != $"id: {number}");
        Assert.Equal($"data: {pushed}", await stream.ReadLineAsync(Stop));
    }

    [Fact]
    public async Task Polling_before_an_event_is_empty_and_is_counted()
    {
        var run = await StartAsync("""{"perSecond":0.1}""");
        for (var request = 0; request < 3; request++) Assert.Empty(await PollAsync($"/lab/{run}/events"));
        Assert.Empty(await PollAsync($"/lab/{run}/events?close=true"));
        using var body = new StringContent("hello");
        using (var posted = await Http.PostAsync($"/lab/{run}/messages", body, Stop)) Assert.Equal(HttpStatusCode.NoContent, posted.StatusCode);

        var ways = (await Client.CallAsync("lab.counts", $$"""{"run":"{{run}}"}""")).GetProperty("ways");
        var empty = "{\"events\":[]}".Length;
        Assert.Equal(Counts(3, 3, 0, 0, 3 * empty), ways.GetProperty("poll").GetRawText());
        Assert.Equal(Counts(1, 1, 0, 0, empty), ways.GetProperty("pollClose").GetRawText());
        Assert.Equal(Counts(1, 0, 1, 5, 0), ways.GetProperty("post").GetRawText());
    }

    [Fact]
    public async Task A_connection_for_each_poll_is_closed_and_otherwise_kept()
    {
        var run = await StartAsync("{}");
        using var closed = await Http.GetAsync($"/lab/{run}/events?close=true", Stop);
        using var kept = await Http.GetAsync($"/lab/{run}/events", Stop);
        Assert.True(closed.Headers.ConnectionClose);
        Assert.NotEqual(true, kept.Headers.ConnectionClose);
        Assert.True(kept.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_request_that_waits_is_answered_by_the_next_event()
    {
        var run = await StartAsync("""{"perSecond":5}""");
        var start = Stopwatch.GetTimestamp();
        var events = await PollAsync($"/lab/{run}/wait?after=1");
        Assert.Equal(2, events[0].GetProperty("n").GetInt64());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "the request waited for its time-out");
    }

    [Fact]
    public async Task A_stream_resumes_after_the_last_event_id()
    {
        var run = await StartAsync("""{"perSecond":20}""");
        await PollUntilAsync(run, 5);
        using var stream = await StreamAsync(run, after: 0, lastEventId: 3);
        Assert.Equal("id: 4", await stream.ReadLineAsync(Stop));
    }

    [Fact]
    public async Task A_WebSocket_that_opens_late_has_missed_what_was_written_before()
    {
        var run = await StartAsync("""{"perSecond":20}""");
        await PollUntilAsync(run, 5);
        using var socket = await ConnectAsync(run);
        Assert.True(JsonElement.Parse(await ReadSocketAsync(socket, 0)).GetProperty("n").GetInt64() > 5);
    }

    [Fact]
    public async Task Another_run_of_a_person_ends_the_earlier_one_and_its_streams()
    {
        var first = await StartAsync("{}");
        using var stream = await StreamAsync(first, after: 0);
        using var socket = await ConnectAsync(first);
        var second = await StartAsync("{}");
        Assert.Null(await stream.ReadLineAsync(Stop));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[1], Stop)).MessageType);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync($"/lab/{first}/events", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync($"/lab/{second}/events", Stop)).StatusCode);
    }

    [Fact]
    public async Task Only_who_started_a_run_stops_it()
    {
        var run = await StartAsync("{}");
        await using var bob = await Showcase.ConnectAsync("bob");
        await bob.CallAsync("lab.stop", $$"""{"run":"{{run}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync($"/lab/{run}/events", Stop)).StatusCode);
        await Client.CallAsync("lab.stop", $$"""{"run":"{{run}}"}""");
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync($"/lab/{run}/events", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("""{"perSecond":0.01}""", "perSecond is out of range: 0.1 to 20.")]
    [InlineData("""{"perSecond":21}""", "perSecond is out of range: 0.1 to 20.")]
    [InlineData("""{"payloadBytes":16385}""", "payloadBytes is out of range: 0 to 16384.")]
    [InlineData("""{"payloadBytes":-1}""", "payloadBytes is out of range: 0 to 16384.")]
    [InlineData("""{"payloadBytes":1000,"perSecond":11}""", "payloadBytes times perSecond is out of range: 0 to 10000.")]
    [InlineData("""{"seconds":0}""", "seconds is out of range: 1 to 600.")]
    [InlineData("""{"seconds":601}""", "seconds is out of range: 1 to 600.")]
    public async Task Settings_out_of_range_are_refused(string settings, string message)
    {
        var error = await Client.FailingCallAsync("lab.start", settings);
        Assert.Equal((400, message), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_visitor_without_a_key_starts_no_run()
    {
        await using var visitor = await Showcase.ConnectAsync();
        Assert.Equal(401, (await visitor.FailingCallAsync("lab.start", "{}")).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("events"), InlineData("wait"), InlineData("stream")]
    public async Task A_run_that_does_not_exist_is_refused(string way)
    {
        using var response = await Http.GetAsync($"/lab/none/{way}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("no such run", (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("none"));
        Assert.Equal(404, (await Client.CommandAsync("subscribe", """{"channel":"lab:none"}""")).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1234", "http://127.0.0.1:1234")]
    [InlineData("http://evil.example", null)]
    [InlineData("null", null)]
    public async Task Pages_of_the_own_host_read_from_any_port(string origin, string? allowed)
    {
        var run = await StartAsync("{}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/lab/{run}/events");
        request.Headers.Add("Origin", origin);
        using var response = await Http.SendAsync(request, Stop);
        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused()
    {
        var run = await StartAsync("{}");
        using var body = new ByteArrayContent(new byte[16_385]);
        using var response = await Http.PostAsync($"/lab/{run}/messages", body, Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Messages_of_a_client_are_counted_and_confirmed_by_both_ways()
    {
        var run = await StartAsync("{}");
        using var socket = await ConnectAsync(run, "send");
        foreach (var text in (string[])["1 a", "3", "2", "x"])
        {
            using var body = new StringContent(text);
            using (var posted = await Http.PostAsync($"/lab/{run}/messages", body, Stop)) Assert.Equal(HttpStatusCode.NoContent, posted.StatusCode);
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Stop);
            var buffer = new byte[16];
            var received = await socket.ReceiveAsync(buffer, Stop);
            Assert.Equal(text.Split(' ')[0].Trim('x'), Encoding.UTF8.GetString(buffer, 0, received.Count));
        }

        var ways = (await Client.CallAsync("lab.counts", $$"""{"run":"{{run}}"}""")).GetProperty("ways");
        Assert.Equal(Counts(4, 0, 4, 6, 0, late: 1), ways.GetProperty("post").GetRawText());
        Assert.Equal(Counts(1, 0, 4, 6, 3, late: 1), ways.GetProperty("send").GetRawText());
        await Client.CallAsync("lab.stop", $$"""{"run":"{{run}}"}""");
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[1], Stop)).MessageType);
    }

    [Fact]
    public async Task A_paused_run_writes_no_event_until_it_is_resumed()
    {
        var run = await StartAsync("""{"perSecond":20}""");
        await PollUntilAsync(run, 1);
        await using var bob = await Showcase.ConnectAsync("bob");
        await Client.CallAsync("lab.pause", $$"""{"run":"{{run}}","isPaused":true}""");
        await bob.CallAsync("lab.pause", $$"""{"run":"{{run}}","isPaused":false}""");

        // An event may be on its way when the pause begins, and none follows it.
        var last = (await PollAsync($"/lab/{run}/events")).Length;
        var waited = await PollAsync($"/lab/{run}/wait?after={last}&wait=1");
        Assert.Empty(await PollAsync($"/lab/{run}/wait?after={last + waited.Length}&wait=1"));

        await Client.CallAsync("lab.pause", $$"""{"run":"{{run}}","isPaused":false}""");
        await PollUntilAsync(run, last + 2);
    }

    private static string Counts(int requests, int empty, int events, int up, int down, int late = 0) =>
        $$"""{"requests":{{requests}},"empty":{{empty}},"events":{{events}},"bodyUp":{{up}},"bodyDown":{{down}},"late":{{late}}}""";

    private static async Task<string> ReadSocketAsync(ClientWebSocket socket, long number)
    {
        var buffer = new byte[32 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, Stop);
            Assert.True(received is { EndOfMessage: true, MessageType: WebSocketMessageType.Text });
            var text = Encoding.UTF8.GetString(buffer, 0, received.Count);
            if (number == 0 || JsonElement.Parse(text).GetProperty("n").GetInt64() == number) return text;
        }
    }

    private async Task<JsonElement[]> PollAsync(string path) =>
        [.. (await Http.GetFromJsonAsync<JsonElement>(path, Stop)).GetProperty("events").EnumerateArray()];

    private async Task PollUntilAsync(string run, long number)
    {
        while ((await PollAsync($"/lab/{run}/wait?after={number - 1}")).Length == 0)
        {
        }
    }

    private async Task<StreamReader> StreamAsync(string run, long after, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/lab/{run}/stream?after={after}");
        if (lastEventId is { } id) request.Headers.Add("Last-Event-ID", $"{id}");
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
    }

    private async Task<ClientWebSocket> ConnectAsync(string run, string way = "socket")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(Showcase.Http) { Scheme = "ws", Path = $"/lab/{run}/{way}" }.Uri, Stop);
        return socket;
    }
}
