using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Comets;
using Showcase.Comets.Physics;
using Showcase.Comets.Rooms;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Comets;

/// <summary>The game with people, in rooms without bots and comets.</summary>
public sealed partial class CometsTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const int FramesPerSecond = 60;

    // Frames of a hidden tab wait until it is shown.
    private const string Hiding = """
        {
          const real = window.requestAnimationFrame.bind(window);
          const waiting = [];
          let isHidden = false;
          Object.defineProperty(document, 'visibilityState', { get: () => isHidden ? 'hidden' : 'visible' });
          window.requestAnimationFrame = (callback) => isHidden ? waiting.push(callback) : real(callback);
          window.hide = (value) => {
            isHidden = value;
            if (!value) waiting.splice(0).forEach(real);
            document.dispatchEvent(new Event('visibilitychange'));
          };
        }
        """;

    private Game Game => showcase.Showcase.Services.GetRequiredService<Game>();

    [Fact]
    public async Task Own_ship_answers_in_the_next_frame_on_a_slow_line_and_later_without_prediction()
    {
        await using var ada = await PersonAsync("Ada");
        var game = await CometsPage.OpenAsync(ada, "/game/lyra");
        await game.DelayAsync();

        // The ship has not turned yet, so what turns first is the answer.
        await game.SwitchAsync("Prediction");
        var frames = await game.FramesToAnswerAsync();
        Assert.True(frames > 1, $"The ship answered after {frames} frames.");

        await game.SwitchAsync("Prediction");
        Assert.Equal(1, await game.FramesToAnswerAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{frames} frames without prediction at 150 ms each way.");
    }

    [Fact]
    public async Task The_path_without_a_room_leads_to_a_room_in_which_people_meet_and_each_sees_the_other()
    {
        await using var ada = await PersonAsync("Ada");
        await using var eve = await PersonAsync("Eve");
        await using var bob = await PersonAsync("Bob");
        var here = await CometsPage.OpenAsync(ada, "/game/hydra");
        await CometsPage.OpenAsync(eve, "/game/hydra");
        // A ship of another test may still wait for its pilot, but no room has two.
        await Expect(here.Page.Locator(".rooms")).ToContainTextAsync("2 people · 22 free");
        var there = await CometsPage.OpenAsync(bob, "/game");
        Assert.Equal("/game/hydra", new Uri(bob.Page.Url).AbsolutePath);
        await Expect(here.Page.Locator(".board")).ToContainTextAsync("Bob");
        await Expect(there.Page.Locator(".board")).ToContainTextAsync("Ada");
        await Expect(here.Page.Locator(".feed")).ToContainTextAsync("Bob has joined");
        await Expect(there.Page.Locator(".rooms")).ToContainTextAsync("3 people · 21 free");
    }

    [Fact]
    public async Task A_line_that_is_cut_for_five_seconds_keeps_the_ship_and_its_score()
    {
        await using var ada = await PersonAsync("Ada");
        await using var eve = await PersonAsync("Eve");
        await Picture.RecordAsync(ada);
        await Picture.RecordAsync(eve);
        var game = await CometsPage.OpenAsync(ada, "/game/orion");
        await CometsPage.OpenAsync(eve, "/game/orion");
        var ship = await game.Own.GetAttributeAsync("data-ship");
        InRoom("orion", room =>
        {
            (room.Ships[0].Kills, room.Ships[0].IsScoreNew) = (7, true);
            return true;
        });
        await Expect(game.Own).ToContainTextAsync("7");

        await ada.LoseNetworkAsync();
        await Expect(game.Status).ToContainTextAsync("Connection lost: your ship drifts, and nothing hits it.");
        await Picture.PlaceAsync(ada.Page, "you · connection lost");
        await Picture.PlaceAsync(eve.Page, "Ada · connection lost");
        await UntilAsync(() => InRoom("orion", static room => room.Ships[0].LostTicks > 5 * Arena.TicksPerSecond));
        await ada.FindNetworkAsync();

        await Expect(game.Status).ToBeEmptyAsync();
        await Expect(game.Own).ToHaveAttributeAsync("data-ship", ship!);
        await Expect(game.Own).ToContainTextAsync("7");
        await Picture.PlaceAsync(eve.Page, "Ada");
        Assert.False(InRoom("orion", static room => room.Ships[0].IsLost));
        Assert.Equal(1, await game.FramesToAnswerAsync());
    }

    [Fact]
    public async Task A_line_without_a_signal_stops_the_snapshots_and_the_page_shows_since_when()
    {
        await using var ada = await PersonAsync("Ada");
        var game = await CometsPage.OpenAsync(ada, "/game/cygnus");
        var ship = await game.Own.GetAttributeAsync("data-ship");
        await ada.ChooseLineAsync("4G (40 ms, 1.5 MB/s)");
        await Expect(ada.Page.Locator(".pill")).ToHaveTextAsync(ConnectedBy4G());
        await ada.ChooseLineAsync("no signal (nothing passes)");
        await Expect(game.Status).ToHaveTextAsync(NoSnapshots());

        await ada.ChooseLineAsync("4G (40 ms, 1.5 MB/s)");

        await Expect(game.Status).Not.ToContainTextAsync("No snapshots arrive");
        await Expect(game.Own).ToHaveAttributeAsync("data-ship", ship!);
        Assert.Equal(1, await game.FramesToAnswerAsync());
    }

    [Fact]
    public async Task A_pilot_who_was_hit_reads_by_whom_until_the_ship_returns()
    {
        await using var ada = await PersonAsync("Ada");
        await using var eve = await PersonAsync("Eve");
        var target = await CometsPage.OpenAsync(ada, "/game/virgo");
        var gun = await CometsPage.OpenAsync(eve, "/game/virgo");
        await gun.Page.Locator(".arena").FocusAsync();
        await gun.Page.Keyboard.DownAsync("Space");

        // The target stands before the gun until it is hit, and returns when the test lets it.
        await UntilAsync(() => InRoom("virgo", static room =>
        {
            var (ada, eve) = (room.Ships.Single(static ship => ship.Name == "Ada"), room.Ships.Single(static ship => ship.Name == "Eve"));
            if (!ada.IsFlying)
            {
                ada.ReturnsAt = int.MaxValue;
                return true;
            }

            eve.Flight = eve.Flight with { X = Arena.Width / 2, Y = Arena.Height / 2, Vx = 0, Vy = 0, Heading = 0 };
            ada.Flight = ada.Flight with { X = (Arena.Width / 2) + (60 * Arena.Unit), Y = Arena.Height / 2, Vx = 0, Vy = 0 };
            ada.ShieldedUntil = 0;
            return false;
        }));
        await gun.Page.Keyboard.UpAsync("Space");

        await Expect(target.Status).ToHaveTextAsync("Eve hit you. You return in a moment.");
        foreach (var game in (CometsPage[])[target, gun]) await Expect(game.Page.Locator(".feed")).ToContainTextAsync("Eve hit Ada");
        await Expect(gun.Own).ToContainTextAsync("1");
        InRoom("virgo", static room => room.Ships.Single(static ship => ship.Name == "Ada").ReturnsAt = room.Tick + 1);
        await Expect(target.Status).ToBeEmptyAsync();
        Assert.Equal(1, await target.FramesToAnswerAsync());
    }

    [Fact]
    public async Task A_hidden_tab_parks_the_ship_and_shows_now_when_it_returns()
    {
        await using var ada = await PersonAsync("Ada");
        await ada.Page.AddInitScriptAsync(Hiding);
        var game = await CometsPage.OpenAsync(ada, "/game/vela");
        await ada.Page.EvaluateAsync("() => hide(true)");
        await UntilAsync(() => InRoom("vela", static room => room.Ships[0].IsParked));
        var parkedAt = InRoom("vela", static room => room.Tick);
        await UntilAsync(() => InRoom("vela", room => room.Tick > parkedAt + (10 * Arena.TicksPerSecond)));

        await ada.Page.EvaluateAsync("() => hide(false)");

        await UntilAsync(() => InRoom("vela", static room => !room.Ships[0].IsParked));
        await Expect(game.Status).Not.ToContainTextAsync("No snapshots arrive");
        Assert.Equal(1, await game.FramesToAnswerAsync());
        // 200 ms of delay at most, and what the clock glides over.
        await Expect(game.Figure("delay")).ToHaveTextAsync(BelowAThird());
    }

    [Fact]
    public async Task A_second_window_takes_the_ship_over_and_gives_it_back()
    {
        await using var ada = await PersonAsync("Ada");
        var first = await CometsPage.OpenAsync(ada, "/game/draco");
        var ship = await first.Own.GetAttributeAsync("data-ship");
        var second = await CometsPage.OpenAsync(await ada.NewPageAsync(), "/game/draco");
        await Expect(second.Own).ToHaveAttributeAsync("data-ship", ship!);
        await Expect(first.Status).ToHaveTextAsync("You fly in another window.");
        await Expect(first.Own).ToHaveCountAsync(0);
        await Expect(first.Follow).ToBeVisibleAsync();

        await first.Button("Fly here").ClickAsync();
        await Expect(first.Own).ToHaveAttributeAsync("data-ship", ship!);
        await Expect(second.Status).ToHaveTextAsync("You fly in another window.");
    }

    [Fact]
    public async Task Who_watches_has_no_ship_and_flies_when_they_want()
    {
        await using var ada = await PersonAsync("Ada");
        var game = await CometsPage.OpenAsync(ada, "/game/pegasus");
        await game.Button("Watch").ClickAsync();
        await Expect(game.Own).ToHaveCountAsync(0);
        await UntilAsync(() => InRoom("pegasus", static room => room.People == 0));
        await Expect(game.Status).ToHaveTextAsync("You watch the best pilot.");
        await game.Button("Fly").ClickAsync();
        await Expect(game.Own).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Who_watches_follows_the_pilot_of_their_choice_until_that_pilot_leaves()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        await using var eve = await PersonAsync("Eve");
        await Picture.RecordAsync(ada);
        var game = await CometsPage.OpenAsync(ada, "/game/perseus");
        await CometsPage.OpenAsync(eve, "/game/perseus");
        var other = await CometsPage.OpenAsync(bob, "/game/perseus");
        var ship = await other.Own.GetAttributeAsync("data-ship");
        InRoom("perseus", room =>
        {
            // The best pilot is far away from the one in the middle, whose picture no wall moves.
            var (best, chosen) = (room.Ships.Single(static each => each.Name == "Eve"), room.Ships.Single(static each => each.Name == "Bob"));
            (best.Kills, best.IsScoreNew) = (5, true);
            best.Flight = new(200 * Arena.Unit, 200 * Arena.Unit, 0, 0, 0, 0);
            chosen.Flight = new(Arena.Width / 2, Arena.Height / 2, 0, 0, 0, 0);
            return true;
        });
        await game.Button("Watch").ClickAsync();
        await Picture.PlaceAsync(ada.Page, "Eve");

        await game.Follow.SelectOptionAsync(ship!);
        await Expect(game.Status).ToHaveTextAsync("You watch Bob.");
        var place = await Picture.PlaceAsync(ada.Page, "Bob");
        var arena = (await ada.Page.Locator(".arena").BoundingBoxAsync())!;
        Assert.Equal((arena.Width / 2, arena.Height / 2), (place.X, place.Y));

        await other.Button("Watch").ClickAsync();
        await Expect(game.Status).ToHaveTextAsync("You watch the best pilot.");
        await Expect(game.Follow.Locator("option")).ToHaveTextAsync(["the best pilot", "Eve"]);
        await game.Button("Fly").ClickAsync();
        await Expect(game.Follow).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_other_page_draws_a_turn_at_most_its_delay_and_two_frames_after_the_snapshot_that_has_it()
    {
        await using var ada = await PersonAsync("Ada");
        await using var eve = await PersonAsync("Eve");
        await Picture.RecordAsync(eve);
        var game = await CometsPage.OpenAsync(ada, "/game/andromeda");
        await CometsPage.OpenAsync(eve, "/game/andromeda");
        await game.DelayAsync();
        InRoom("andromeda", static room =>
        {
            // Close to each other, so that both are in the picture.
            for (var place = 0; place < 2; place++)
                room.Ships[place].Flight = new((Arena.Width / 2) + (100 * place * Arena.Unit), Arena.Height / 2, 0, 0, 0, 0);
            return true;
        });
        await Picture.PlaceAsync(eve.Page, "Ada");
        await Picture.WatchTurnAsync(eve.Page, (await game.Own.GetAttributeAsync("data-ship"))!, "Ada");

        Assert.Equal(1, await game.FramesToAnswerAsync());

        var turn = await Picture.TurnAsync(eve.Page);
        TestContext.Current.TestOutputHelper?.WriteLine($"{turn}");
        Assert.InRange(turn.Frames, 1, (turn.Behind * FramesPerSecond / 1000) + 2);
    }

    [Fact]
    public async Task On_a_phone_a_thumb_stick_turns_the_ship_and_a_button_fires()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, 390, 844);
        var game = await CometsPage.OpenAsync(ada, "/game/phoenix");
        var heading = InRoom("phoenix", static room => room.Ships[0].Flight.Heading);
        var (x, y) = await CentreAsync(ada.Page.Locator(".stick"));
        await ada.Page.Mouse.MoveAsync(x, y);
        await ada.Page.Mouse.DownAsync();
        // Away from where the ship points: 64 headings are a quarter of a turn.
        var away = (heading + 128) * Math.Tau / 256;
        await ada.Page.Mouse.MoveAsync(x + (float)(50 * Math.Cos(away)), y + (float)(50 * Math.Sin(away)));
        await UntilAsync(() => InRoom("phoenix", room => Math.Abs((sbyte)(room.Ships[0].Flight.Heading - heading)) > 100 && room.Ships[0].Flight.Vx != 0));
        await ada.Page.Mouse.UpAsync();

        (x, y) = await CentreAsync(game.Button("Fire"));
        await ada.Page.Mouse.MoveAsync(x, y);
        await ada.Page.Mouse.DownAsync();
        await UntilAsync(() => InRoom("phoenix", static room => room.Shots.Count > 0));
        await ada.Page.Mouse.UpAsync();
    }

    [Fact]
    public async Task A_room_that_does_not_exist_leads_to_one_that_does()
    {
        await using var ada = await PersonAsync("Ada");
        await ada.Page.GotoAsync("/game/nowhere");
        await Expect(ada.Page.GetByText("There is no such room.")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Fly in another one." }).ClickAsync();
        await Expect(new CometsPage(ada.Page).Own).ToHaveCountAsync(1);
    }

    private static async Task<(float X, float Y)> CentreAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private T InRoom<T>(string room, Func<Room, T> read) => Game.In(room, read);

    // The server's state has no event to wait for: it is read between two snapshots.
    private static async Task UntilAsync(Func<bool> isTrue)
    {
        while (!isTrue()) await Task.Delay(TimeSpan.FromMilliseconds(25), TestContext.Current.CancellationToken);
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);

    [GeneratedRegex("^connected · [0-9]+ ms · 4G$")]
    private static partial Regex ConnectedBy4G();

    [GeneratedRegex("^No snapshots arrive\\. [0-9]+ s$")]
    private static partial Regex NoSnapshots();

    [GeneratedRegex("^[0-9]{1,2} ms$|^[12][0-9]{2} ms$|^3[0-2][0-9] ms$")]
    private static partial Regex BelowAThird();
}
