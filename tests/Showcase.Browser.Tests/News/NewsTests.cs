using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Showcase.Exchange.Simulation;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.News;

/// <summary>Two people read the wire. A person may write few stories an hour, so each test has an editor of its own.</summary>
public sealed class NewsTests(QuietMarket news) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_correction_and_a_retraction_change_the_story_on_every_open_page()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Ada");
        await using var bob = await news.Browser.NewPersonAsync(news.Showcase.Address, "Bob");
        var (editor, reader) = (await NewsPage.OpenAsync(ada.Page), await NewsPage.OpenAsync(bob.Page));

        await editor.WriteAsync("Nine planets circle the sun", "Count them.", "science");
        await Expect(reader.Fresh).ToHaveTextAsync("1 new story");
        await Expect(reader.Story("Nine planets")).ToHaveCountAsync(0);
        await reader.ShowNewAsync();
        await Expect(reader.Story("Nine planets").Locator(".about")).ToContainTextAsync("Ada, Visitors’ desk");

        await editor.Story("Nine planets").GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await ada.Page.Locator("dialog[open]").GetByLabel("Headline", new() { Exact = true }).FillAsync("Eight planets circle the sun");
        await ada.Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Correct", Exact = true }).ClickAsync();
        await Expect(reader.Story("Eight planets").Locator(".correction del")).ToHaveTextAsync("Nine planets circle the sun");

        await editor.Story("Eight planets").GetByRole(AriaRole.Button, new() { Name = "Retract" }).ClickAsync();
        await ada.Page.Locator("dialog[open]").GetByLabel("The reason", new() { Exact = true }).FillAsync("Somebody counts again.");
        await ada.Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Retract", Exact = true }).ClickAsync();
        await Expect(reader.Story("Eight planets").Locator(".retracted")).ToHaveTextAsync(new Regex("^Retracted at .+: Somebody counts again\\.$"));
        await Expect(reader.Story("Eight planets").Locator("h2 s")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Only_the_chosen_topics_arrive_and_a_cut_line_misses_none_of_them()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Cleo");
        await using var bob = await news.Browser.NewPersonAsync(news.Showcase.Address, "Bob");
        var (editor, reader) = (await NewsPage.OpenAsync(ada.Page), await NewsPage.OpenAsync(bob.Page));
        foreach (var topic in (string[])["world", "technology", "markets", "sport", "culture", "showcase"])
            await bob.Page.GetByLabel(topic, new() { Exact = true }).UncheckAsync();
        await Expect(reader.Story("Semaphore towers")).ToBeVisibleAsync();
        await reader.ShouldBeginBelowTheToolsAsync();
        await Expect(reader.Story("How the ticker")).ToHaveCountAsync(0);
        var window = await NewsPage.OpenAsync(await bob.NewPageAsync());
        await Expect(window.Page.GetByLabel("sport", new() { Exact = true })).Not.ToBeCheckedAsync();

        await bob.LoseNetworkAsync();
        await editor.WriteAsync("A cup is won in the rain", topic: "sport");
        await editor.WriteAsync("A comet is seen by day", topic: "science");
        await Expect(editor.Story("A comet is seen")).ToBeVisibleAsync();
        await bob.FindNetworkAsync();

        await Expect(reader.Fresh).ToHaveTextAsync("1 new story");
        await Expect(bob.Page.Locator(".toast[data-subject=missed]")).ToHaveTextAsync(new Regex(@"^While you were away \(\d+:\d\d\): 1 new story\."));
        await reader.ShowNewAsync();
        await Expect(reader.Story("A comet is seen")).ToHaveCountAsync(1);
        Assert.DoesNotContain("A cup is won", await bob.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_marks_and_a_dismissed_breaking_story_are_the_same_in_every_window()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Dora");
        await using var bob = await news.Browser.NewPersonAsync(news.Showcase.Address, "Bob");
        var (editor, one) = (await NewsPage.OpenAsync(ada.Page), await NewsPage.OpenAsync(bob.Page));
        var two = await NewsPage.OpenAsync(await bob.NewPageAsync());

        await editor.WriteAsync("The last lamp of the old town is lit", isBreaking: true);
        await Expect(one.Bar).ToContainTextAsync("The last lamp");
        await Expect(two.Bar).ToContainTextAsync("The last lamp");
        await one.Button("Dismiss").ClickAsync();
        await Expect(two.Bar).ToBeHiddenAsync();

        // The keys move among the stories and mark them.
        await one.Page.Keyboard.PressAsync("j");
        await one.Page.Keyboard.PressAsync("j");
        await one.Page.Keyboard.PressAsync("m");
        var id = await one.Stories.Nth(1).GetAttributeAsync("data-id");
        await Expect(two.Page.Locator($".story[data-id='{id}']")).ToHaveAttributeAsync("data-read", "true");
        await one.Page.Keyboard.PressAsync("m");
        await Expect(two.Page.Locator($".story[data-id='{id}']")).ToHaveAttributeAsync("data-read", "false");
        await two.Page.ReloadAsync();
        await Expect(two.Stories.First).ToBeVisibleAsync();
        await Expect(two.Bar).ToBeHiddenAsync();
    }

    [Fact]
    public async Task After_a_restart_the_page_has_the_latest_stories_and_reports_that_it_may_lack_others()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Ines");
        await using var bob = await news.Browser.NewPersonAsync(news.Showcase.Address, "Bob");
        var (editor, reader) = (await NewsPage.OpenAsync(ada.Page), await NewsPage.OpenAsync(bob.Page));
        await editor.WriteAsync("A whale swims up the river");
        await Expect(reader.Fresh).ToBeVisibleAsync();

        await news.Showcase.RestartAsync(MarketRate.Off);

        await Expect(bob.Page.Locator(".toast[data-subject=missed]")).ToHaveTextAsync(new Regex(@"^The wire does not keep all that you missed: here are the latest \d+ stories\."));
        await Expect(reader.Story("A whale swims")).ToHaveCountAsync(1);
        await Expect(reader.Fresh).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_story_that_is_written_offline_is_published_once_when_the_line_is_back()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Emma");
        var editor = await NewsPage.OpenAsync(ada.Page);
        await ada.LoseNetworkAsync();
        await Expect(ada.Page.Locator(".toast[data-subject=away]")).ToBeVisibleAsync();

        // The toast covers none of the buttons.
        await editor.WriteAsync("The island has a bridge at last");
        await Expect(ada.Page.Locator(".drafts")).ToContainTextAsync("Waits for the connection");
        await Expect(editor.Stories.First).ToBeVisibleAsync();

        await ada.FindNetworkAsync();
        await Expect(ada.Page.Locator(".drafts")).ToBeHiddenAsync();
        await Expect(editor.Story("The island has a bridge")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task No_text_of_a_story_becomes_an_element_and_a_search_finds_it_on_a_slow_line()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Fay");
        var editor = await NewsPage.OpenAsync(ada.Page);
        await ada.ChooseLineAsync("modem (200 ms, 4 kB/s)");
        await editor.WriteAsync("<img src=x onerror=alert(1)> & <b>bold</b>", "<script>alert(1)</script><svg onload=alert(1)>");

        var story = editor.Story("onerror");
        await Expect(story.Locator("h2")).ToHaveTextAsync("<img src=x onerror=alert(1)> & <b>bold</b>");
        await Expect(story.Locator("img, script, svg, b")).ToHaveCountAsync(0);
        await ada.Page.Keyboard.PressAsync("/");
        await ada.Page.Keyboard.TypeAsync("onerror bol");
        await Expect(editor.Stories).ToHaveCountAsync(1);
        await ada.Page.GetByLabel("Search stories").FillAsync("no such word");
        await Expect(ada.Page.Locator(".news .notice")).ToHaveTextAsync("No story contains these words.");
    }

    [Fact]
    public async Task By_keyboard_a_person_writes_a_story_and_another_one_shows_the_new_ones()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Hana");
        await using var bob = await news.Browser.NewPersonAsync(news.Showcase.Address, "Bob");
        await NewsPage.OpenAsync(ada.Page);
        var reader = await NewsPage.OpenAsync(bob.Page);

        await ada.Page.Keyboard.PressAsync("n");
        await ada.Page.Keyboard.TypeAsync("A clock strikes thirteen");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(reader.Fresh).ToHaveTextAsync("1 new story");
        await bob.Page.Keyboard.PressAsync(".");
        await Expect(reader.Story("A clock strikes thirteen")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_new_story_moves_nothing_that_is_read()
    {
        await using var ada = await news.Browser.NewPersonAsync(news.Showcase.Address, "Gwen");
        await using var bob = await news.Browser.NewPersonAsync(news.Showcase.Address, width: 390, height: 844);
        var (editor, reader) = (await NewsPage.OpenAsync(ada.Page), await NewsPage.OpenAsync(bob.Page));
        var before = await reader.Stories.First.BoundingBoxAsync();

        await editor.WriteAsync("A mill turns backwards in the storm");
        await Expect(reader.Fresh).ToBeVisibleAsync();

        Assert.Equal(before!.Y, (await reader.Stories.First.BoundingBoxAsync())!.Y);
        await reader.Button("Topics and sources").ClickAsync();
        await Expect(bob.Page.GetByLabel("sport", new() { Exact = true })).ToBeVisibleAsync();
    }
}
