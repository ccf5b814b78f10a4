using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Stage;

/// <summary>What the audience and the speaker do besides the picture.</summary>
public sealed class AudienceTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task Questions_votes_a_poll_hands_and_the_chat_reach_everybody()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        await using var eve = await PersonAsync("Eve");
        var speaker = await StagePage.OpenAsync(ada);
        await speaker.GoOnStageAsync("Slides alone", "Questions");
        var (first, second) = (await StagePage.OpenAsync(bob), await StagePage.OpenAsync(eve));

        foreach (var text in (string[])["How late?", "Why sockets?"])
        {
            await bob.Page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync(text);
            await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
            await Expect(second.Questions.Filter(new() { HasText = text })).ToBeVisibleAsync();
        }

        await second.Questions.Filter(new() { HasText = "Why sockets?" }).Locator(".vote").ClickAsync();
        await Expect(speaker.Questions.First).ToContainTextAsync("Why sockets?");
        await Expect(speaker.Questions.First.Locator(".vote")).ToHaveTextAsync("▲ 1");
        await speaker.Questions.First.GetByRole(AriaRole.Button, new() { Name = "Answer now" }).ClickAsync();
        await Expect(first.Questions.First).ToContainTextAsync("being answered now");

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Pointer" }).ClickAsync();
        await speaker.Slide.Locator(".area").HoverAsync();
        await Expect(first.Slide.Locator(".dot")).ToBeVisibleAsync();

        await TabAsync(ada, "Poll");
        await ada.Page.GetByLabel("Question of the poll").FillAsync("Which?");
        await ada.Page.GetByLabel("Options, one in each line").FillAsync("This\nThat");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Open a poll" }).ClickAsync();
        await TabAsync(bob, "Poll");
        await bob.Page.Locator(".option", new() { HasText = "That" }).ClickAsync();
        await Expect(bob.Page.Locator(".poll")).ToContainTextAsync("1 vote · your vote is counted");
        await Expect(bob.Page.Locator(".option").Last).Not.ToContainTextAsync("%");
        await Expect(ada.Page.Locator(".option").Last).ToContainTextAsync("1 · 100 %");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Show the results" }).ClickAsync();
        await Expect(bob.Page.Locator(".option").Last).ToContainTextAsync("1 · 100 %");

        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Raise your hand" }).ClickAsync();
        await ada.Page.Locator(".hands button", new() { HasText = "Bob" }).ClickAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "Raise your hand" })).ToBeVisibleAsync();
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Applause" }).ClickAsync();
        await Expect(eve.Page.GetByRole(AriaRole.Button, new() { Name = "Applause" }).Locator(".number")).ToHaveTextAsync("1");

        await TabAsync(bob, "Chat");
        await TabAsync(eve, "Questions");
        await eve.LoseNetworkAsync();
        await eve.Page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("asked on a cut line");
        await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await Expect(second.Questions.Filter(new() { HasText = "asked on a cut line" })).ToContainTextAsync("waits to be sent");
        await TabAsync(eve, "Chat");
        await eve.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("written on a cut line");
        await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(eve.Page.Locator(".talk")).ToContainTextAsync("waits to be sent");
        await eve.FindNetworkAsync();
        await Expect(bob.Page.Locator(".talk li", new() { HasText = "written on a cut line" })).ToHaveCountAsync(1);
        await Expect(eve.Page.Locator(".talk")).Not.ToContainTextAsync("waits to be sent");
        await Expect(eve.Page.Locator(".talk li", new() { HasText = "written on a cut line" })).ToHaveCountAsync(1);
        await TabAsync(eve, "Questions");
        await TabAsync(ada, "Questions");
        await Expect(speaker.Questions.Filter(new() { HasText = "asked on a cut line" })).ToHaveCountAsync(1);
        await Expect(second.Questions.Filter(new() { HasText = "asked on a cut line" })).ToHaveCountAsync(1);
        await Expect(second.Questions.Filter(new() { HasText = "waits to be sent" })).ToHaveCountAsync(0);
        await speaker.LeaveAsync();
    }

    [Fact]
    public async Task A_question_waits_through_a_reload_and_is_refused_when_its_show_has_ended()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var speaker = await StagePage.OpenAsync(ada, "/webinar/workshop");
        await speaker.GoOnStageAsync("Slides alone", "The first talk");
        var viewer = await StagePage.OpenAsync(bob, "/webinar/workshop");
        await Expect(viewer.Slide).ToBeVisibleAsync();
        await bob.LoseNetworkAsync();
        await bob.Page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("too late");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await Expect(viewer.Questions).ToContainTextAsync("waits to be sent");

        await speaker.LeaveAsync();
        await speaker.GoOnStageAsync("Slides alone", "The next talk");
        await bob.FindNetworkAsync();
        await bob.Page.ReloadAsync();

        await Expect(viewer.Questions).ToContainTextAsync("The show for which this question was meant has ended.");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(viewer.Questions).ToHaveCountAsync(0);
        await Expect(speaker.Questions).ToHaveCountAsync(0);
        await speaker.LeaveAsync();
    }

    [Fact]
    public async Task Another_window_of_the_speaker_continues_when_asked_to_and_another_window_of_a_viewer_takes_the_sound()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var speaker = await StagePage.OpenAsync(ada, "/webinar/rehearsal");
        await speaker.GoOnStageAsync("Slides alone", "Two windows");
        // The connection that the second window takes over.
        await Expect(speaker.Page.Locator(".speaker .figures")).ToContainTextAsync("with the picture");
        var second = new StagePage(await ada.Page.Context.NewPageAsync());
        await second.Page.GotoAsync("/webinar/rehearsal");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Continue here" }).ClickAsync();
        await second.Page.GetByLabel("Slides alone", new() { Exact = true }).CheckAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await second.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Continue here" }).ClickAsync();
        await Expect(second.Page.GetByRole(AriaRole.Button, new() { Name = "Leave the stage" })).ToBeVisibleAsync();
        await Expect(speaker.Page.GetByText("Another connection of the speaker continues.")).ToBeVisibleAsync();

        var viewer = await StagePage.OpenAsync(bob, "/webinar/rehearsal");
        await viewer.TurnOnSoundAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "Mute" })).ToBeVisibleAsync();
        var other = new StagePage(await bob.Page.Context.NewPageAsync());
        await other.Page.GotoAsync("/webinar/rehearsal");
        await other.TurnOnSoundAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "Turn on the sound" })).ToBeVisibleAsync();
        await second.LeaveAsync();
    }

    [Fact]
    public async Task A_browser_without_WebCodecs_shows_key_pictures_and_explains_why()
    {
        await using var bob = await PersonAsync("Bob");
        await bob.Page.AddInitScriptAsync("delete window.VideoDecoder; delete window.VideoEncoder;");
        var viewer = await StagePage.OpenAsync(bob, "/webinar/rehearsal");
        await Expect(viewer.Notice).ToContainTextAsync("This browser has no WebCodecs. It shows a picture every two seconds, without sound");
        await viewer.FigureAsync("count", 2);
        Assert.True(await viewer.HasPictureAsync());
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Go on stage" }).ClickAsync();
        await Expect(bob.Page.Locator("dialog")).ToContainTextAsync("This browser has no WebCodecs: you present slides alone.");
    }

    [Fact]
    public async Task A_page_without_a_secure_context_shows_key_pictures_and_explains_why()
    {
        var address = new UriBuilder(showcase.Showcase.Address) { Host = Browser.NameOnTheNetwork }.Uri;
        await using var bob = await showcase.Browser.NewPersonAsync(address, "Bob");
        var viewer = await StagePage.OpenAsync(bob, "/webinar/rehearsal");
        await Expect(viewer.Notice).ToContainTextAsync("This page came over plain HTTP from another machine");
        await viewer.FigureAsync("count", 1);
        Assert.True(await viewer.HasPictureAsync());
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Go on stage" }).ClickAsync();
        await Expect(bob.Page.GetByLabel("Camera and microphone")).ToBeDisabledAsync();
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(viewer.Slide).ToContainTextAsync("Live video over a WebSocket");
        await viewer.LeaveAsync();
    }

    [Fact]
    public async Task A_phone_shows_picture_slide_and_questions_without_scrolling_sideways()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var speaker = await StagePage.OpenAsync(ada, "/webinar/workshop");
        await speaker.GoOnStageAsync("Slides alone", new string('x', 80));
        await bob.Page.SetViewportSizeAsync(390, 844);
        var viewer = await StagePage.OpenAsync(bob, "/webinar/workshop");
        await Expect(viewer.Slide).ToBeVisibleAsync();
        Assert.True(await bob.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
        await speaker.LeaveAsync();
    }

    private static Task TabAsync(Person person, string name) => person.Page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);
}
