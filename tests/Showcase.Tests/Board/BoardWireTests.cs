using System.Text.Json;
using Showcase.Board.Market;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Board;

/// <summary>The board's channels and calls from outside.</summary>
public sealed class BoardWireTests : IAsyncLifetime
{
    private const string List = """{"id":"mylist01","name":"Mine","symbols":["ARVE","SOLUSDT"],"version":0}""";

    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync();

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task A_filter_by_sector_lets_in_not_one_other_symbol()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var energy = Universe.All.Where(static instrument => instrument.Sector == "energy").Select(static instrument => instrument.Symbol).ToHashSet();

        var reply = await ada.CommandAsync(
            "subscribe", """{"channel":"board:all","data":{"sector":"energy"},"tf":{"key":"sector","cmp":"eq","val":"energy"}}""");

        Assert.Equal(energy, Symbols(reply.GetProperty("subscribe").GetProperty("data")).ToHashSet());
        for (var number = 0; number < 200; number++)
            Assert.Contains((await ada.PublicationAsync("board:all")).GetProperty("s").GetString()!, energy);
    }

    [Fact]
    public async Task A_filter_by_symbols_lets_in_the_rows_of_a_list_in_its_reply_too()
    {
        await using var ada = await _showcase.ConnectAsync("ada");

        var reply = await ada.CommandAsync(
            "subscribe",
            """{"channel":"board:all","data":{"symbols":["ARVE","BELB","SOLUSDT"]},"tf":{"key":"symbol","cmp":"in","vals":["ARVE","BELB"]}}""");

        Assert.Equal(["ARVE", "BELB"], Symbols(reply.GetProperty("subscribe").GetProperty("data")));
        for (var number = 0; number < 10; number++)
            Assert.Contains((await ada.PublicationAsync("board:all")).GetProperty("s").GetString()!, (string[])["ARVE", "BELB"]);
    }

    [Fact]
    public async Task The_instruments_are_listed_with_the_prices_at_which_the_session_began()
    {
        await using var reader = await _showcase.ConnectAsync();

        var info = await reader.CallAsync("board.info", "{}");

        var session = info.GetProperty("session").GetInt64();
        Assert.Equal(0, session % 86_400_000);
        var first = info.GetProperty("instruments")[0];
        Assert.Equal(("ARVE", "Arvo Energy", "energy", 20.0), (
            first.GetProperty("symbol").GetString(), first.GetProperty("name").GetString(), first.GetProperty("sector").GetString(), first.GetProperty("perSecond").GetDouble()));
        Assert.Equal(400, info.GetProperty("instruments").GetArrayLength());
        var past = await reader.CallAsync("board.past", """{"symbols":["ARVE"],"points":3}""");
        var prices = past.GetProperty("prices").GetProperty("ARVE");
        Assert.Equal((session, 3), (past.GetProperty("from").GetInt64(), prices.GetArrayLength()));
        Assert.Equal(first.GetProperty("open").GetString(), Quotes.Text(Universe.All[0], prices[0].GetDecimal()));
    }

    [Fact]
    public async Task A_list_is_in_all_windows_of_its_user_and_a_save_on_an_older_version_is_refused()
    {
        await using var here = await _showcase.ConnectAsync("ada");
        await using var there = await _showcase.ConnectAsync("ada");
        var channel = $"board-user:#{UserOf("ada")}";
        var begin = (await there.SubscribeAsync(channel)).GetProperty("data");
        Assert.Equal("""{"lists":[],"alerts":[]}""", begin.GetRawText());

        await here.CallAsync("board.list.save", List);

        var saved = (await there.PublicationAsync(channel)).GetProperty("list");
        Assert.Equal("""{"id":"mylist01","name":"Mine","symbols":["ARVE","SOLUSDT"],"version":1}""", saved.GetRawText());

        // Sent again, as after a lost reply: nothing changes.
        Assert.Equal(1, Version(await here.CallAsync("board.list.save", List)));
        Assert.Equal(2, Version(await there.CallAsync("board.list.save", List.Replace("0}", "1}", StringComparison.Ordinal).Replace("Mine", "Ours", StringComparison.Ordinal))));
        var error = await here.FailingCallAsync("board.list.save", List.Replace("0}", "1}", StringComparison.Ordinal).Replace("ARVE", "BELE", StringComparison.Ordinal));
        Assert.Equal((409, "The list has version 2: it was changed in another window."), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));

        await here.CallAsync("board.list.remove", """{"id":"mylist01"}""");
        await there.PublicationAsync(channel, static data => data.TryGetProperty("removed", out _));
        Assert.Equal("""{"lists":[],"alerts":[]}""", (await here.CallAsync("board.watch", "{}")).GetRawText());
        Assert.Equal(404, (await here.FailingCallAsync("board.list.save", List.Replace("0}", "2}", StringComparison.Ordinal))).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_user_has_20_lists_and_changes_above_the_rate_are_refused()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        for (var number = 0; number < 20; number++) await ada.CallAsync("board.list.save", List.Replace("01", $"{number:D2}", StringComparison.Ordinal));

        var full = await ada.FailingCallAsync("board.list.save", List.Replace("01", "20", StringComparison.Ordinal));
        Assert.Equal((400, "You have 20 lists, which is the maximum: remove one."), (full.GetProperty("code").GetInt32(), full.GetProperty("message").GetString()));
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => ada.CommandAsync("rpc", """{"method":"board.list.remove","data":{"id":"no-such-"}}""".Replace("no-such-", "nosuch01", StringComparison.Ordinal))));
        Assert.Contains(replies, static reply => reply.TryGetProperty("error", out var error) && error.GetProperty("code").GetInt32() == 429);
    }

    [Theory]
    [InlineData(400, "board.list.save", """{"id":"short","name":"A","symbols":[],"version":0}""")]
    [InlineData(400, "board.list.save", """{"id":"my-list-","name":"A","symbols":[],"version":0}""")]
    [InlineData(400, "board.list.save", """{"id":"mylist01","name":" ","symbols":[],"version":0}""")]
    [InlineData(107, "board.list.save", """{"id":"mylist01","name":"\ud800","symbols":[],"version":0}""")]
    [InlineData(400, "board.list.save", """{"id":"mylist01","name":"a\u0007b","symbols":[],"version":0}""")]
    [InlineData(400, "board.list.save", """{"id":"mylist01","name":"A","symbols":[],"version":-1}""")]
    [InlineData(400, "board.list.save", """{"id":"mylist01","name":"A","version":0}""")]
    [InlineData(400, "board.list.save", """{"id":"mylist01","name":"A","symbols":["ARVE","ARVE"],"version":0}""")]
    [InlineData(404, "board.list.save", """{"id":"mylist01","name":"A","symbols":["NONE"],"version":0}""")]
    [InlineData(404, "board.list.save", """{"id":"mylist01","name":"A","symbols":[null],"version":0}""")]
    [InlineData(400, "board.list.remove", "{}")]
    [InlineData(404, "board.alert", """{"id":"alert001","symbol":"NONE","side":"above","price":"1"}""")]
    [InlineData(404, "board.alert", """{"id":"alert001","symbol":"SOLUSDT","side":"above","price":"1"}""")]
    [InlineData(400, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"over","price":"1"}""")]
    [InlineData(400, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"above","price":"-1"}""")]
    [InlineData(400, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"above","price":"0"}""")]
    [InlineData(400, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"above","price":"1e3"}""")]
    [InlineData(400, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"above","price":"1.1234567"}""")]
    [InlineData(400, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"above","price":"99999999"}""")]
    [InlineData(107, "board.alert", """{"id":"alert001","symbol":"ARVE","side":"above","price":1}""")]
    [InlineData(400, "board.past", "{}")]
    [InlineData(400, "board.past", """{"symbols":["ARVE"],"points":1}""")]
    [InlineData(400, "board.past", """{"symbols":["ARVE"],"points":241}""")]
    [InlineData(404, "board.past", """{"symbols":["NONE"]}""")]
    public async Task A_bad_parameter_is_refused_with_a_sentence(int code, string method, string data)
    {
        await using var ada = await _showcase.ConnectAsync("ada");

        var error = await ada.FailingCallAsync(method, data);

        Assert.Equal(code, error.GetProperty("code").GetInt32());
        if (code != 107) Assert.EndsWith(".", error.GetProperty("message").GetString());
        Assert.Equal("""{"lists":[],"alerts":[]}""", (await ada.CallAsync("board.watch", "{}")).GetRawText());
    }

    [Fact]
    public async Task More_symbols_and_prices_than_the_limits_are_refused()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var symbols = JsonSerializer.Serialize(Universe.All.Take(101).Select(static instrument => instrument.Symbol));

        Assert.Equal(400, Code(await ada.FailingCallAsync("board.list.save", $$"""{"id":"mylist01","name":"A","symbols":{{symbols}},"version":0}""")));
        Assert.Equal(400, Code(await ada.FailingCallAsync("board.past", $$"""{"symbols":{{symbols}},"points":24}""")));
        Assert.Equal(400, Code((await ada.CommandAsync("subscribe", $$"""{"channel":"board:all","data":{"symbols":{{symbols}} } }""")).GetProperty("error")));
        Assert.Equal(404, Code((await ada.CommandAsync("subscribe", """{"channel":"board:all","data":{"sector":"none"}}""")).GetProperty("error")));
    }

    [Fact]
    public async Task Without_a_key_the_prices_are_there_and_nothing_else_and_nobody_reads_the_lists_of_another()
    {
        await using var reader = await _showcase.ConnectAsync();
        await using var bob = await _showcase.ConnectAsync("bob");

        Assert.Equal(400, Symbols((await reader.SubscribeAsync("board:all")).GetProperty("data")).Count());
        foreach (var (method, data) in new[] { ("board.list.save", List), ("board.watch", "{}"), ("board.unalert", """{"id":"alert001"}""") })
            Assert.Equal(401, Code(await reader.FailingCallAsync(method, data)));
        Assert.Equal(403, Code((await bob.CommandAsync("subscribe", $$"""{"channel":"board-user:#{{UserOf("ada")}}"}""")).GetProperty("error")));
        Assert.Equal(103, Code((await bob.CommandAsync("publish", """{"channel":"board:all","data":{}}""")).GetProperty("error")));
    }

    private static IEnumerable<string> Symbols(JsonElement data) =>
        data.GetProperty("quotes").EnumerateArray().Select(static quote => quote.GetProperty("s").GetString()!);

    private static int Version(JsonElement saved) => saved.GetProperty("list").GetProperty("version").GetInt32();

    private static int Code(JsonElement error) => error.GetProperty("code").GetInt32();

    private static string UserOf(string name) => Visitor.UserOf(name.PadRight(32, '.'));
}
