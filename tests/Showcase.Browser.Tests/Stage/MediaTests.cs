using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Stage;

/// <summary>Picture, sound and slides from one browser to another. They need the machine, so no other test runs meanwhile.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class MediaTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    // The line of the slowest viewer, below the rate of a picture with much movement.
    private const int SlowBytesPerSecond = 60_000, LongestDelay = 1000, LongestDelayOnSlowLine = 1500;

    private const int LongestFirst = 1000, LatestTurn = 100, Turns = 5;

    // Three seconds of the picture.
    private const int Samples = 12, PicturesBetweenSamples = 6;

    [Fact]
    public async Task Who_joins_late_sees_the_picture_and_the_right_slide_within_a_second_and_slides_turn_with_the_picture()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var speaker = await StagePage.OpenAsync(ada);
        await speaker.GoOnStageAsync();
        await speaker.FigureAsync("count", 3);
        await ada.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(speaker.Slide).ToHaveAttributeAsync("data-slide", "1");

        var (firsts, delays, turns) = (new List<int>(), new List<int>(), new List<int>());
        var viewer = await StagePage.OpenAsync(bob);
        for (var join = 0; join < 3; join++)
        {
            if (join > 0) await bob.Page.ReloadAsync();
            await Expect(viewer.Slide).ToHaveAttributeAsync("data-slide", "1");
            firsts.Add(await viewer.FigureAsync("first", 0));
        }

        // Single pictures are late when the machine does something else.
        while (delays.Count < Samples)
        {
            delays.Add(await viewer.DelayAsync());
            await viewer.FigureAsync("count", await viewer.ReadAsync("count") + PicturesBetweenSamples);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            var slide = turn % 2 == 0 ? "2" : "1";
            await ada.Page.Keyboard.PressAsync(turn % 2 == 0 ? "ArrowRight" : "ArrowLeft");
            await Expect(viewer.Slide).ToHaveAttributeAsync("data-slide", slide);
            turns.Add(int.Parse((await viewer.Slide.GetAttributeAsync("data-late"))!, CultureInfo.InvariantCulture));
        }

        Print($"first picture after {Words(firsts)} ms, delay {Words(delays)} ms by the picture, slides turned {Words(turns)} ms after their time");
        Assert.InRange(Median(firsts), 0, LongestFirst);
        Assert.InRange(Median(delays), 0, LongestDelay);
        Assert.InRange(Median(turns), 0, LatestTurn);
        await speaker.LeaveAsync();
    }

    [Fact]
    public async Task A_line_of_60_kB_a_second_leaves_out_pictures_and_the_sound_goes_on_without_a_gap()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        // Noise beside the text of the test card fills the rate of the encoder.
        await ada.Page.AddInitScriptAsync("""
            const { fillText } = CanvasRenderingContext2D.prototype;
            CanvasRenderingContext2D.prototype.fillText = function (...text) {
              if (this.canvas.width === 640) for (let x = 0; x < 640; x += 16) for (let y = 0; y < 160; y += 16) {
                this.fillStyle = `rgb(${Math.random() * 255} ${Math.random() * 255} ${Math.random() * 255})`;
                this.fillRect(x, y, 16, 16);
              }
              fillText.apply(this, text);
            };
            """);
        var port = await SlowLineAsync();
        await bob.Page.AddInitScriptAsync($$"""
            window.WebSocket = class extends WebSocket {
              #url;
              constructor(url, ...rest) {
                const address = new URL(url);
                if (address.pathname.endsWith('/watch')) address.port = '{{port}}';
                super(address, ...rest);
                this.#url = String(url);
              }
              // The page compares the address with that of its line.
              get url() { return this.#url; }
            };
            """);
        var speaker = await StagePage.OpenAsync(ada);
        await speaker.GoOnStageAsync();
        var viewer = await StagePage.OpenAsync(bob);
        await viewer.TurnOnSoundAsync();
        await viewer.FigureAsync("skipped", 1);

        // Three seconds in which pictures are left out and the sound has no gap.
        await bob.Page.EvaluateAsync("""
            () => new Promise((resolve) => {
              const { dataset } = document.querySelector('.picture .figures');
              let start = { at: performance.now(), ...dataset };
              const timer = setInterval(() => {
                if (dataset.gaps !== start.gaps) start = { at: performance.now(), ...dataset };
                if (performance.now() - start.at < 3000 || Number(dataset.skipped) <= Number(start.skipped)) return;
                clearInterval(timer);
                resolve();
              }, 50);
            })
            """).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var (skipped, behind) = (await viewer.ReadAsync("skipped"), await viewer.FigureAsync("behind", 0, LongestDelayOnSlowLine));
        Print($"{skipped} pictures left out, {behind} ms behind");
        await speaker.LeaveAsync();
    }

    [Fact]
    public async Task The_speaker_mutes_the_microphone_and_changes_from_the_camera_to_the_screen_and_to_the_test_card()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        // The loudest sample of each decoded packet, since the list was emptied last.
        await bob.Page.AddInitScriptAsync("""
            window.peaks = [];
            const { copyTo } = AudioData.prototype;
            AudioData.prototype.copyTo = function (samples, options) {
              copyTo.call(this, samples, options);
              window.peaks.push(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
            };
            """);
        var speaker = await StagePage.OpenAsync(ada);
        await speaker.GoOnStageAsync("Camera and microphone");
        var viewer = await StagePage.OpenAsync(bob);
        await viewer.TurnOnSoundAsync();
        await viewer.FigureAsync("count", 3);
        await bob.Page.WaitForFunctionAsync("() => window.peaks.some((peak) => peak > 0.01)");

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Mute", Exact = true }).First.ClickAsync();
        // The microphone of the browser beeps once a second, and a second has fifty packets.
        await bob.Page.WaitForFunctionAsync("() => window.peaks.length > 75 && window.peaks.slice(-75).every((peak) => peak < 0.001)");
        await bob.Page.EvaluateAsync("() => { window.peaks.length = 0; }");
        foreach (var source in (string[])["Screen and microphone", "Camera and microphone"])
        {
            await ada.Page.GetByLabel("Picture", new() { Exact = true }).SelectOptionAsync(source);
            await viewer.FigureAsync("count", await viewer.ReadAsync("count") + 10);
        }

        Assert.False(await bob.Page.EvaluateAsync<bool>("() => window.peaks.some((peak) => peak > 0.01)"));
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Unmute", Exact = true }).ClickAsync();
        await bob.Page.WaitForFunctionAsync("() => window.peaks.some((peak) => peak > 0.01)");

        await ada.Page.GetByLabel("Picture", new() { Exact = true }).SelectOptionAsync("Test card");
        int delay;
        do delay = await viewer.DelayAsync();
        while (delay > LongestDelay);
        await speaker.LeaveAsync();
    }

    [Fact]
    public async Task The_test_card_is_shown_while_nobody_is_on_stage()
    {
        await using var bob = await PersonAsync("Bob");
        var viewer = await StagePage.OpenAsync(bob, "/webinar/workshop");
        await viewer.FigureAsync("count", 3);
        await Expect(bob.Page.GetByText("Nobody is on stage: a recorded test card")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_line_that_paused_once_delays_the_picture_and_does_not_stop_it()
    {
        await using var bob = await PersonAsync("Bob");
        // What the sixtieth message and those after it contain arrives 900 ms late, once.
        await bob.Page.AddInitScriptAsync("""
            window.WebSocket = class extends WebSocket {
              addEventListener(type, listener, ...rest) {
                if (type !== 'message' || !this.url.includes('/watch')) return super.addEventListener(type, listener, ...rest);
                let count = 0;
                let late;
                super.addEventListener(type, (event) => {
                  if (++count === 60) {
                    late = [];
                    setTimeout(() => {
                      late.forEach((each) => listener(each));
                      late = undefined;
                    }, 900);
                  }
                  if (late) late.push(event);
                  else listener(event);
                }, ...rest);
              }
            };
            """);
        var viewer = await StagePage.OpenAsync(bob, "/webinar/workshop");
        await viewer.FigureAsync("buffer", 600);
        await viewer.FigureAsync("count", await viewer.ReadAsync("count") + 48);
        Assert.InRange(await viewer.ReadAsync("buffer"), 500, LongestDelay);
    }

    [Fact]
    public async Task A_speaker_and_a_viewer_whose_lines_are_cut_continue_without_doing_anything()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var speaker = await StagePage.OpenAsync(ada);
        await speaker.GoOnStageAsync();
        var viewer = await StagePage.OpenAsync(bob);
        await viewer.FigureAsync("count", 1);

        await ada.LoseNetworkAsync();
        await Expect(viewer.Notice).ToContainTextAsync("Ada is not connected.");
        await ada.FindNetworkAsync();
        await Expect(viewer.Notice).ToBeHiddenAsync();
        await viewer.FigureAsync("count", await viewer.ReadAsync("count") + 3);

        await bob.LoseNetworkAsync();
        await Expect(viewer.Notice).ToContainTextAsync("Picture of");
        await bob.FindNetworkAsync();
        await Expect(viewer.Notice).ToBeHiddenAsync();
        await speaker.LeaveAsync();
    }

    private static int Median(List<int> values) => values.Order().ElementAt(values.Count / 2);

    private static string Words(List<int> values) => string.Join(", ", values);

    private static void Print(string words) => TestContext.Current.TestOutputHelper?.WriteLine(words);

    private async Task<int> SlowLineAsync()
    {
        using var http = new HttpClient { BaseAddress = showcase.Showcase.Address };
        using var response = await http.PostAsJsonAsync("/lines", new { bytesPerSecond = SlowBytesPerSecond, delayMs = 20 }, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("port").GetInt32();
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);
}
