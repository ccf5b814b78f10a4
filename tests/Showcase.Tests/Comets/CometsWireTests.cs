using System.Globalization;
using System.Text.Json;
using Duplex.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Showcase.Comets;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Comets;

/// <summary>The game's channels, calls and messages from outside.</summary>
public sealed class CometsWireTests : IAsyncLifetime
{
    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync() => _showcase = await RunningShowcase.StartAsync();

    public ValueTask DisposeAsync() => _showcase.DisposeAsync();

    [Fact]
    public async Task Inputs_turn_the_ship_and_the_snapshot_acknowledges_them_for_everybody_with_the_same_bytes()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var eve = await _showcase.ConnectAsync();
        var ship = await JoinAsync(ada);
        await ada.SubscribeAsync("snap:lyra");
        await eve.SubscribeAsync("snap:lyra");
        var before = Of(await ada.PublicationAsync("snap:lyra"), ship);

        await ada.SendAsync("""{"send":{"data":{"g":["lyra",1,1,1]}}}""");

        var turned = await ada.PublicationAsync("snap:lyra", snapshot => Last(Of(snapshot, ship)) == 2);
        Assert.NotEqual(before[5].GetInt32(), Of(turned, ship)[5].GetInt32());
        var same = await eve.PublicationAsync("snap:lyra", snapshot => Tick(snapshot) == Tick(turned));
        Assert.Equal(turned.GetRawText(), same.GetRawText());
    }

    [Fact]
    public async Task Two_hundred_inputs_a_second_fly_no_faster_than_a_ship_can()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var eve = await _showcase.ConnectAsync("eve");
        var ship = await JoinAsync(ada);
        await eve.SubscribeAsync("snap:lyra");
        var first = await eve.PublicationAsync("snap:lyra");

        // Two ticks of thrust in each message, as fast as they can be sent: many times what the ticks can take.
        for (var number = 1; number <= 400; number += 2)
            await ada.SendAsync($$"""{"send":{"data":{"g":["lyra",{{number}},4,4]} } }""");

        var moved = await eve.PublicationAsync("snap:lyra", snapshot => Tick(snapshot) >= Tick(first) + 60);
        var (from, to) = (Of(first, ship), Of(moved, ship));
        var ticks = Tick(moved) - Tick(first);
        Assert.InRange(Math.Abs(to[3].GetInt32()) + Math.Abs(to[4].GetInt32()), 1, 2 * 1536);
        Assert.InRange(Math.Abs(to[1].GetInt32() - from[1].GetInt32()), 0, 1536 * ticks);
        Assert.InRange(Math.Abs(to[2].GetInt32() - from[2].GetInt32()), 0, 1536 * ticks);
        // Above 40 messages a second (20 at once) the server takes none, so not all numbers can be acknowledged.
        Assert.InRange(Last(to), 1, 399);
    }

    [Fact]
    public async Task Who_subscribes_receives_what_no_snapshot_carries_and_the_scores_by_rank()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var ship = await JoinAsync(ada);
        var data = (await ada.SubscribeAsync("arena:lyra")).GetProperty("data");
        Assert.True(data.GetProperty("tick").GetInt32() >= 0);
        Assert.Equal(6, data.GetProperty("seed").GetInt32());
        Assert.Equal(9, data.GetProperty("comets").GetArrayLength());

        await ada.SubscribeAsync("snap:lyra");
        await ada.PublicationAsync("snap:lyra");
        await ada.PublicationAsync("snap:lyra");
        var state = await _showcase.Services.GetRequiredService<IHub>().Maps.ReadStateAsync("pilots:lyra", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(6, state.Entries.Count);
        var own = JsonElement.Parse(state.Entries.Single(entry => entry.Key == ship.ToString(CultureInfo.InvariantCulture)).Data.Span);
        Assert.False(own.GetProperty("isBot").GetBoolean());
        Assert.StartsWith("Guest ", own.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_connection_takes_the_ship_over_and_the_first_one_is_told_and_its_inputs_are_dropped()
    {
        await using var first = await _showcase.ConnectAsync("ada");
        await using var second = await _showcase.ConnectAsync("ada");
        await second.SubscribeAsync("snap:lyra");
        var ship = await JoinAsync(first);
        Assert.Equal(ship, await JoinAsync(second));
        Assert.Equal("""{"taken":"lyra"}""", (await first.MessageAsync()).GetRawText());

        await first.SendAsync("""{"send":{"data":{"g":["lyra",900,1]}}}""");
        await first.CallAsync("time", "{}");
        await second.SendAsync("""{"send":{"data":{"g":["lyra",1,2]}}}""");
        var snapshot = await second.PublicationAsync("snap:lyra", snapshot => Last(Of(snapshot, ship)) > 0);
        Assert.Equal(1, Last(Of(snapshot, ship)));
    }

    [Fact]
    public async Task A_lost_connection_leaves_the_ship_and_the_next_one_has_it()
    {
        int ship;
        await using (var ada = await _showcase.ConnectAsync("ada")) ship = await JoinAsync(ada);
        await using var eve = await _showcase.ConnectAsync();
        await eve.SubscribeAsync("snap:lyra");
        const int lost = 8;
        await eve.PublicationAsync("snap:lyra", snapshot => (Of(snapshot, ship)[7].GetInt32() & lost) != 0);

        await using var again = await _showcase.ConnectAsync("ada");
        Assert.Equal(ship, await JoinAsync(again));
        await eve.PublicationAsync("snap:lyra", snapshot => (Of(snapshot, ship)[7].GetInt32() & lost) == 0);
    }

    [Fact]
    public async Task Who_names_no_room_joins_others_and_a_ship_is_in_one_room_alone()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var bob = await _showcase.ConnectAsync("bob");
        await JoinAsync(ada, "virgo");
        Assert.Equal("virgo", (await bob.CallAsync("game.join", "{}")).GetProperty("room").GetString());
        await bob.SubscribeAsync("arena:virgo");
        await JoinAsync(ada, "hydra");
        var left = await bob.PublicationAsync("arena:virgo", static happened => happened.GetProperty("kind").GetString() == "leave");
        Assert.StartsWith("Guest ", left.GetProperty("name").GetString(), StringComparison.Ordinal);
        await ada.CallAsync("game.leave", "{}");
        await bob.CallAsync("game.leave", "{}");
    }

    [Fact]
    public async Task A_room_without_people_sleeps_until_somebody_watches()
    {
        await using var eve = await _showcase.ConnectAsync();
        var slept = (await eve.SubscribeAsync("arena:cygnus")).GetProperty("data").GetProperty("tick").GetInt32();
        Assert.Equal(0, slept);
        await eve.SubscribeAsync("snap:cygnus");
        var snapshot = await eve.PublicationAsync("snap:cygnus");
        Assert.Equal(6, snapshot.GetProperty("s").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"g":["lyra",1,16]}""")]
    [InlineData("""{"g":["lyra",0,1]}""")]
    [InlineData("""{"g":["lyra",2147483647,1]}""")]
    [InlineData("""{"g":["lyra",1,1,1,1,1,1]}""")]
    [InlineData("""{"g":["lyra",1]}""")]
    [InlineData("""{"g":[1,1,1]}""")]
    [InlineData("""{"g":{"room":"lyra"}}""")]
    [InlineData("""{"x":[]}""")]
    [InlineData("""[]""")]
    [InlineData("\"g\"")]
    public async Task A_malformed_message_ends_the_connection_with_a_sentence(string message)
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await JoinAsync(ada);
        await ada.SendAsync($$"""{"send":{"data":{{message}} } }""");
        await ada.ClosedAsync();
        Assert.Equal((4500, "The message is not one of an application."), ((int)ada.CloseStatus!.Value, ada.CloseReason));
    }

    [Fact]
    public async Task Refusals_have_a_code_and_a_sentence()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        await using var eve = await _showcase.ConnectAsync();
        Assert.Equal((404, "There is no such room."), Refusal(await ada.FailingCallAsync("game.join", """{"room":"nowhere"}""")));
        Assert.Equal(404, (await ada.CommandAsync("subscribe", """{"channel":"snap:nowhere"}""")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(401, (await eve.FailingCallAsync("game.join", "{}")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Joining_again_and_again_is_refused_with_the_time_to_wait()
    {
        await using var ada = await _showcase.ConnectAsync("ada");
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => ada.CommandAsync("rpc", """{"method":"game.join","data":{"room":"lyra"}}""")));
        var refusals = replies.Where(static reply => reply.TryGetProperty("error", out _)).Select(static reply => Refusal(reply.GetProperty("error"))).ToList();
        Assert.InRange(refusals.Count, 1, 40);
        Assert.Equal(429, refusals[0].Item1);
        Assert.StartsWith("You are joining rooms too fast", refusals[0].Item2, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_has_places_for_twenty_four_people()
    {
        var people = new List<ProtocolClient>();
        for (var person = 0; person < 24; person++)
        {
            people.Add(await _showcase.ConnectAsync($"p{person}"));
            await JoinAsync(people[^1], "draco");
        }

        await using var late = await _showcase.ConnectAsync("late");
        Assert.Equal(409, (await late.FailingCallAsync("game.join", """{"room":"draco"}""")).GetProperty("code").GetInt32());
        Assert.NotEqual("draco", (await late.CallAsync("game.join", "{}")).GetProperty("room").GetString());
        foreach (var person in people) await person.DisposeAsync();
    }

    [Fact]
    public async Task The_game_runs_while_somebody_flies_and_waits_while_nobody_does()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var showcase = await RunningShowcase.StartAsync(configure: builder => builder.Services.AddSingleton(services => new CometsLoop(
            services.GetRequiredService<Game>(), services.GetRequiredService<IHub>(), time, NullLogger<CometsLoop>.Instance)));
        var loop = showcase.Services.GetRequiredService<CometsLoop>();
        await RunUntilAsync(() => loop.IsIdle);
        await using var ada = await showcase.ConnectAsync("ada");

        for (var visit = 0; visit < 2; visit++)
        {
            var ship = await JoinAsync(ada);
            await ada.SubscribeAsync("snap:lyra");
            var snapshot = ada.PublicationAsync("snap:lyra", snapshot => snapshot.GetProperty("s").EnumerateArray().Any(entry => entry[0].GetInt32() == ship));
            await RunUntilAsync(() => snapshot.IsCompleted);
            await snapshot;
            Assert.False(loop.IsIdle);

            await ada.CallAsync("game.leave", "{}");
            await ada.CommandAsync("unsubscribe", """{"channel":"snap:lyra"}""");
            await RunUntilAsync(() => loop.IsIdle);
        }

        async Task RunUntilAsync(Func<bool> isTrue)
        {
            while (!isTrue())
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                time.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }
        }
    }

    private static async Task<int> JoinAsync(ProtocolClient client, string room = "lyra") =>
        (await client.CallAsync("game.join", $$"""{"room":"{{room}}"}""")).GetProperty("ship").GetInt32();

    private static (int, string?) Refusal(JsonElement error) => (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString());

    private static JsonElement Of(JsonElement snapshot, int ship) =>
        snapshot.GetProperty("s").EnumerateArray().Single(entry => entry[0].GetInt32() == ship);

    private static int Tick(JsonElement snapshot) => snapshot.GetProperty("t").GetInt32();

    private static int Last(JsonElement ship) => ship[8].GetInt32();
}
