using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Social;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Social;

/// <summary>People on the square, whose bots are silent.</summary>
public sealed class SocialTests(QuietMarket showcase) : IClassFixture<QuietMarket>, IAsyncLifetime
{
    /// <summary>An empty square shows its first post at once; in every test there was one before.</summary>
    public async ValueTask InitializeAsync() => await PostAsync("first", "Here before everybody");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nothing_that_is_read_moves_by_a_pixel_while_posts_likes_and_deletions_arrive()
    {
        await using var ada = await PersonAsync("Ada");
        for (var i = 0; i < 20; i++) await PostAsync("mover", $"Read me {i}");
        var page = await SocialPage.VisitAsync(ada.Page);
        await Expect(page.Post("Read me 19")).ToBeVisibleAsync();
        await page.Post("Read me 12").EvaluateAsync("element => element.scrollIntoView()");

        // From now on the page records the positions of a post in every frame.
        await ada.Page.EvaluateAsync("""
            () => {
              const post = [...document.querySelectorAll('.post')].find((element) => element.textContent.includes('Read me 10'));
              window.places = new Set();
              const look = () => {
                window.places.add(post.getBoundingClientRect().top);
                requestAnimationFrame(look);
              };
              look();
            }
            """);
        var above = await PostAsync("mover", "Arrives first");
        for (var i = 1; i < 30; i++) await PostAsync("mover", $"Arrives {i}");
        await LikeAsync(above.Id - 9, 12);
        await DeleteAsync(above.Id - 4);
        await Expect(page.News).ToHaveTextAsync("30 new posts");
        await Expect(page.Post("This post was deleted.")).ToHaveCountAsync(1);
        await Expect(page.Like("Read me 11")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("12"));
        Assert.Equal(1, await ada.Page.EvaluateAsync<int>("window.places.size"));

        await page.News.ClickAsync();
        await Expect(page.Posts.First).ToContainTextAsync("Arrives 29");
        await Expect(page.News).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_post_and_its_likes_reach_the_other_person_and_texts_are_text()
    {
        await using var eva = await PersonAsync("Eva");
        await using var bob = await PersonAsync("Bob");
        var (writer, reader) = (await SocialPage.VisitAsync(eva.Page), await SocialPage.VisitAsync(bob.Page));
        string[] corpus = ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "javascript:alert(1)", "\"><svg onload=alert(1)>", "&lt;b&gt;"];
        foreach (var text in corpus) await writer.WriteAsync(text);
        await Expect(reader.News).ToContainTextAsync("new post");
        foreach (var text in corpus) await Expect(writer.Post(text)).ToHaveCountAsync(1);
        await Expect(reader.News).ToHaveTextAsync($"{corpus.Length} new posts");
        await reader.News.ClickAsync();
        foreach (var text in corpus) await Expect(reader.Post(text)).ToHaveCountAsync(1);
        Assert.Equal(0, await bob.Page.EvaluateAsync<int>("document.querySelectorAll('.text img, .text script, .text svg, .text b').length"));

        await reader.Like(corpus[0]).ClickAsync();
        await Expect(writer.Like(corpus[0])).ToContainTextAsync("1");
        await Expect(writer.Like(corpus[0])).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(reader.Like(corpus[0])).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(writer.Page.Locator("[data-tab=notifications]")).ToHaveTextAsync("Notifications (1)");
        await writer.TabAsync("notifications");
        await Expect(eva.Page.Locator(".notifications li")).ToContainTextAsync("Bob liked your post");
        await Expect(writer.Page.Locator("[data-tab=notifications]")).ToHaveTextAsync("Notifications");
    }

    [Fact]
    public async Task A_notification_keeps_the_focus_when_another_one_arrives()
    {
        await using var amy = await PersonAsync("Amy");
        await using var ben = await PersonAsync("Ben");
        var (writer, reader) = (await SocialPage.VisitAsync(amy.Page), await SocialPage.VisitAsync(ben.Page));
        foreach (var text in (string[])["One of two", "Two of two"]) await writer.WriteAsync(text);
        await Expect(reader.News).ToHaveTextAsync("2 new posts");
        await reader.News.ClickAsync();
        await reader.Like("One of two").ClickAsync();
        await writer.TabAsync("notifications");
        var first = amy.Page.Locator(".notifications a").Filter(new() { HasText = "One of two" });
        await first.FocusAsync();

        await reader.Like("Two of two").ClickAsync();

        await Expect(amy.Page.Locator(".notifications a")).ToContainTextAsync(["Two of two", "One of two"]);
        await Expect(first).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_notification_that_arrives_in_a_hidden_tab_is_unread_until_the_tab_is_shown()
    {
        await using var zoe = await PersonAsync("Zoe");
        await using var max = await PersonAsync("Max");
        var (writer, reader) = (await SocialPage.VisitAsync(zoe.Page), await SocialPage.VisitAsync(max.Page));
        await writer.WriteAsync("While you look elsewhere");
        await reader.News.ClickAsync();
        await writer.TabAsync("notifications");
        await zoe.Page.EvaluateAsync("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })");

        await reader.Like("While you look elsewhere").ClickAsync();

        await Expect(zoe.Page.Locator("[data-tab=notifications]")).ToHaveTextAsync("Notifications (1)");
        var row = zoe.Page.Locator(".notifications li.new");
        await Expect(row).ToContainTextAsync("Max liked your post");
        await Expect(row).ToHaveCSSAsync("text-align", "start");
        await Expect(row).ToHaveCSSAsync("border-radius", "0px");

        await zoe.Page.EvaluateAsync("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(row).ToHaveCountAsync(0);
        await Expect(zoe.Page.Locator("[data-tab=notifications]")).ToHaveTextAsync("Notifications");
    }

    [Fact]
    public async Task Clicks_at_random_in_two_windows_end_with_the_state_of_the_server_on_both()
    {
        var post = await PostAsync("author", "Like me or not");
        await using var kim = await PersonAsync("Kim");
        var windows = new[] { await SocialPage.VisitAsync(kim.Page), await SocialPage.VisitAsync(await kim.NewPageAsync()) };
        await Task.WhenAll(windows.Select(static async (window, index) =>
        {
            await Expect(window.Like("Like me or not")).ToBeVisibleAsync();
            await window.Like("Like me or not").EvaluateAsync("""
                async (button, seed) => {
                  for (let i = 0; i < 151; i++) {
                    button.click();
                    seed = (seed * 48271) % 2147483647;
                    if (seed % 3 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
                  }
                  // The last click is drawn in the next frame: until then the button looks confirmed.
                  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                }
                """, index + 1);
        }));

        // No wish is left in either window: everything that was clicked is confirmed.
        foreach (var window in windows) await Expect(window.Like("Like me or not")).ToHaveAttributeAsync("aria-busy", "false");
        var isLiked = await LikesAsync(post.Id) == 1;
        foreach (var window in windows)
        {
            await Expect(window.Like("Like me or not")).ToHaveAttributeAsync("aria-pressed", isLiked ? "true" : "false");
            await Expect(window.Like("Like me or not").Locator(".number")).ToHaveTextAsync(isLiked ? "1" : "");
        }
    }

    [Fact]
    public async Task What_was_missed_on_a_cut_line_is_there_once_and_what_is_written_meanwhile_survives_a_reload()
    {
        await using var ida = await PersonAsync("Ida");
        await PostAsync("other", "Before the cut");
        var page = await SocialPage.VisitAsync(ida.Page);
        await Expect(page.Post("Before the cut")).ToBeVisibleAsync();
        await ida.LoseNetworkAsync();
        await page.WriteAsync("From the tunnel");
        await Expect(ida.Page.Locator(".post.pending")).ToContainTextAsync("it is posted once");
        for (var i = 0; i < 20; i++) await PostAsync("other", $"While away {i}");
        await ida.FindNetworkAsync();
        await Expect(ida.Page.Locator(".post.pending")).ToHaveCountAsync(0);
        for (var i = 0; i < 20; i++) await Expect(page.Post($"While away {i}")).ToHaveCountAsync(1);
        await Expect(page.Post("From the tunnel")).ToHaveCountAsync(1);

        await ida.LoseNetworkAsync();
        await page.WriteAsync("Before the reload");
        await Expect(ida.Page.Locator(".post.pending")).ToHaveCountAsync(1);
        await ida.Page.ReloadAsync();
        await ida.FindNetworkAsync();
        await Expect(page.Post("Before the reload")).ToHaveCountAsync(1);
        await Expect(ida.Page.Locator(".post.pending")).ToHaveCountAsync(0);
        var window = await SocialPage.VisitAsync(await ida.NewPageAsync());
        foreach (var text in (string[])["From the tunnel", "Before the reload"]) await Expect(window.Post(text)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_gap_beyond_the_history_is_named_with_its_exact_size_and_filled()
    {
        await using var ann = await PersonAsync("Ann");
        await PostAsync("many", "The last before the gap");
        var page = await SocialPage.VisitAsync(ann.Page);
        await Expect(page.Post("The last before the gap")).ToBeVisibleAsync();
        await ann.LoseNetworkAsync();
        for (var i = 1; i <= 310; i++) await PostAsync("many", $"Gap {i}");
        await ann.FindNetworkAsync();
        await Expect(page.News).ToHaveTextAsync("310 new posts");
        await Expect(ann.Page.Locator(".toast")).ToContainTextAsync("310 posts while you were away: the newest 50 are loaded.");
        await page.News.ClickAsync();
        await Expect(page.Post("Gap 310")).ToHaveCountAsync(1);
        foreach (var left in (int[])[260, 210, 160, 110, 60, 10]) await page.Button($"Load the {left} posts between").ClickAsync();
        await Expect(ann.Page.Locator(".gap")).ToHaveCountAsync(0);
        await Expect(page.Post("Gap 1")).ToHaveCountAsync(1);
        var ids = await ann.Page.EvaluateAsync<int[]>("[...document.querySelectorAll('.post')].map((post) => Number(post.dataset.id))");
        Assert.Equal(ids.Distinct().OrderDescending(), ids);
        Assert.True(ids.Length >= 311);
    }

    [Fact]
    public async Task A_thread_shows_who_types_and_replies_and_edits_and_deletions_reach_it_at_once()
    {
        await using var lea = await PersonAsync("Lea");
        await using var tom = await PersonAsync("Tom");
        var start = await SocialPage.VisitAsync(lea.Page);
        await start.WriteAsync("A question");
        var id = await start.Post("A question").First.GetAttributeAsync("data-post");
        var here = await SocialPage.VisitAsync(lea.Page, $"/social/post/{id}");
        var there = await SocialPage.VisitAsync(tom.Page, $"/social/post/{id}");
        await tom.ChooseLineAsync("modem (200 ms, 4 kB/s)");
        await Expect(tom.Page.Locator(".pill")).ToContainTextAsync("modem");
        await Expect(tom.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "connected");

        await Expect(lea.Page.Locator(".back .here")).ToHaveTextAsync("Tom is here");
        await there.Field.PressSequentiallyAsync("An answ");
        await Expect(lea.Page.GetByText("Tom is typing…")).ToBeVisibleAsync();
        await there.WriteAsync("An anser");
        await Expect(here.Post("An anser")).ToHaveCountAsync(1);
        await there.ChooseAsync("An anser", "Edit");
        await tom.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("An answer");
        await there.Button("Save").ClickAsync();
        await Expect(here.Post("An answer")).ToHaveCountAsync(1);
        await here.Post("An answer").GetByRole(AriaRole.Button, new() { Name = "edited" }).ClickAsync();
        await Expect(lea.Page.Locator(".versions")).ToContainTextAsync("An anser");
        await here.Button("Close").ClickAsync();

        await here.ChooseAsync("A question", "Delete");
        await here.Button("Delete").ClickAsync();
        await Expect(there.Post("This post was deleted.")).ToHaveCountAsync(1);
        await Expect(there.Field).ToBeHiddenAsync();
        await Expect(there.Post("An answer")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_person_is_followed_muted_and_blocked_in_every_window()
    {
        // What stays on the page, so that what arrives waits.
        await PostAsync("somebody", "Here for all");
        await PostAsync("follow-me", "Follow me, please");
        await using var dan = await PersonAsync("Dan");
        var page = await SocialPage.VisitAsync(dan.Page);
        var window = await SocialPage.VisitAsync(await dan.NewPageAsync());
        await page.ChooseAsync("Follow me, please", "Follow follow-me");
        await window.TabAsync("home");
        await Expect(window.Post("Follow me, please")).ToHaveCountAsync(1);
        await Expect(window.Button("Unfollow follow-me")).ToBeVisibleAsync();
        await PostAsync("follow-me", "For those who follow");
        await Expect(window.News).ToHaveTextAsync("1 new post");

        await page.ChooseAsync("Follow me, please", "Mute follow-me");
        await Expect(page.Post("Follow me, please")).ToHaveCountAsync(0);
        await Expect(window.Post("Follow me, please")).ToHaveCountAsync(0);
        await PostAsync("follow-me", "Nobody hears");
        await PostAsync("somebody", "Heard by all");
        await page.News.ClickAsync();
        await Expect(page.Post("Heard by all")).ToHaveCountAsync(1);
        await Expect(page.Post("Nobody hears")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task By_keyboard_a_person_on_a_phone_writes_goes_from_post_to_post_and_likes()
    {
        await PostAsync("other", "By keyboard");
        await using var una = await PersonAsync("Una");
        await una.Page.SetViewportSizeAsync(390, 844);
        var page = await SocialPage.VisitAsync(una.Page);
        await una.Page.Keyboard.PressAsync("n");
        await una.Page.Keyboard.TypeAsync("With #keys");
        await una.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Posts.First).ToContainTextAsync("With #keys");
        await page.Field.EvaluateAsync("element => element.blur()");
        await una.Page.Keyboard.PressAsync("j");
        await Expect(page.Posts.First).ToBeFocusedAsync();
        await una.Page.Keyboard.PressAsync("j");
        await Expect(page.Post("By keyboard").First).ToBeFocusedAsync();
        await page.Like("By keyboard").First.FocusAsync();
        await una.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Like("By keyboard").First).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(390, await una.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await una.Page.GetByRole(AriaRole.Link, new() { Name = "#keys" }).First.ClickAsync();
        await Expect(page.Posts).ToHaveCountAsync(1);
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);

    private Task<Showcase.Social.Posts.Post> PostAsync(string user, string text) => SocialPage.PostAsync(showcase.Showcase, user, text);

    private async Task LikeAsync(long post, int count)
    {
        var store = showcase.Showcase.Services.GetRequiredService<SocialStore>();
        using var turn = await store.Turns.TakeAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < count; i++) store.Posts.Like(post, $"liker-{i}", on: true);
    }

    private async Task<long> LikesAsync(long post)
    {
        var store = showcase.Showcase.Services.GetRequiredService<SocialStore>();
        using var turn = await store.Turns.TakeAsync(TestContext.Current.CancellationToken);
        return store.Posts.Find(post)!.Counts.Likes;
    }

    private async Task DeleteAsync(long post)
    {
        var store = showcase.Showcase.Services.GetRequiredService<SocialStore>();
        var hub = showcase.Showcase.Services.GetRequiredService<Duplex.Messaging.IHub>();
        using var turn = await store.Turns.TakeAsync(TestContext.Current.CancellationToken);
        var deleted = store.Write(() => store.Posts.Delete(store.Posts.Find(post)!));
        await hub.PublishAsync("changes:posts", new ChangeEvent("delete", post, deleted), cancellationToken: TestContext.Current.CancellationToken);
    }
}
