using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Pad.Changes;
using Showcase.Pad.Documents;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pad;

/// <summary>Several people write in one document.</summary>
public sealed class EditingTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task Two_people_who_type_into_one_word_at_once_have_the_same_text_with_every_letter()
    {
        const int letters = 200;
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Word");
        await here.WriteAsync("word");
        await here.IsSavedAsync();
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.HasTextAsync("word");
        foreach (var pad in (PadPage[])[here, there])
        {
            await pad.Text.FocusAsync();
            foreach (var key in (string[])["Control+Home", "ArrowRight", "ArrowRight"]) await pad.Page.Keyboard.PressAsync(key);
        }

        await Task.WhenAll(here.Page.Keyboard.TypeAsync(new string('a', letters)), there.Page.Keyboard.TypeAsync(new string('b', letters)));

        foreach (var pad in (PadPage[])[here, there])
        {
            await Expect(pad.Text).ToHaveTextAsync(new Regex($"^wo[ab]{{{2 * letters}}}rd$"));
            await pad.IsSavedAsync();
        }

        var text = await here.Text.InnerTextAsync();
        Assert.Equal(letters, text.Count(static letter => letter == 'a'));
        Assert.Equal(text, await there.Text.InnerTextAsync());
    }

    [Fact]
    public async Task Undo_takes_back_only_the_changes_of_this_person_while_another_one_types()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Undo");
        var there = await PadPage.OpenAsync(bob, here.Path);
        await here.WriteAsync("mine ");
        await there.HasTextAsync("mine ");
        await there.WriteAsync("yours");
        await here.HasTextAsync("mine yours");

        await Task.WhenAll(there.Page.Keyboard.TypeAsync(", all of it"), PressAsync("Control+z"));

        foreach (var pad in (PadPage[])[here, there]) await pad.HasTextAsync("yours, all of it");
        await Task.WhenAll(there.Page.Keyboard.TypeAsync(" to the end"), PressAsync("Control+y"));
        foreach (var pad in (PadPage[])[here, there]) await pad.HasTextAsync("mine yours, all of it to the end");

        // Slow typing is undone in parts; there are at most as many as letters.
        async Task PressAsync(string key)
        {
            for (var part = 0; part < 5; part++) await here.Page.Keyboard.PressAsync(key);
        }
    }

    [Fact]
    public async Task The_cursor_of_another_person_moves_with_the_text_and_goes_with_the_person()
    {
        await using var ada = await PersonAsync("Ada");
        var here = await PadPage.CreateAsync(ada, "Cursors");
        var bob = await PersonAsync("Bob");
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.WriteAsync("hello");
        await here.HasTextAsync("hello");
        await Expect(here.Cursors).ToHaveAttributeAsync("data-name", "Bob");
        await Expect(here.People).ToHaveTextAsync(["Bob"]);
        var before = (await here.Cursors.BoundingBoxAsync())!.X;

        await here.Text.FocusAsync();
        await here.Page.Keyboard.PressAsync("Control+Home");
        await here.Page.Keyboard.TypeAsync("I say ");

        await there.HasTextAsync("I say hello");
        Assert.True((await here.Cursors.BoundingBoxAsync())!.X > before);
        await bob.DisposeAsync();
        await Expect(here.Cursors).ToHaveCountAsync(0);
        await Expect(here.People).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_cursor_that_is_still_stays_and_goes_within_three_seconds_of_its_person()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Still cursors");
        await PadPage.OpenAsync(bob, here.Path);
        var closing = await PadPage.OpenAsync(await bob.NewPageAsync(), here.Path);
        await Expect(here.Cursors).ToHaveCountAsync(2);

        // Ada writes, Bob's windows do nothing.
        await here.WriteAsync("hello");
        await here.IsSavedAsync();
        await Expect(here.Cursors).ToHaveCountAsync(2);

        foreach (var (left, leave) in new (int, Func<Task>)[] { (1, () => closing.Page.CloseAsync()), (0, bob.LoseNetworkAsync) })
        {
            await leave();
            var since = Stopwatch.GetTimestamp();
            await Expect(here.Cursors).ToHaveCountAsync(left);
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public async Task Pasted_lines_are_one_text_for_everybody_and_a_paste_that_is_too_long_is_refused_at_once()
    {
        await using var ada = await PersonAsync("Ada");
        var here = await PadPage.CreateAsync(ada, "Paste");
        await PasteAsync(here, "one\r\ntwo\rthree 😀");
        await here.IsSavedAsync();
        await Expect(here.Page.Locator(".cm-line")).ToHaveTextAsync(["one", "two", "three 😀"]);

        await PasteAsync(here, new string('x', 30_001));
        await Expect(here.Page.Locator(".toast")).ToContainTextAsync("One change inserts at most 30000 characters");
        await Expect(here.Page.Locator(".cm-line")).ToHaveTextAsync(["one", "two", "three 😀"]);
        using var http = new HttpClient { BaseAddress = showcase.Showcase.Address };
        Assert.Equal("one\ntwo\nthree 😀", await http.GetStringAsync(new Uri($"{here.Path}.txt", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reader_s_link_shows_the_text_as_it_changes_and_permits_nothing()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Closed", isClosed: true);
        await Expect(here.Page.Locator(".cm-placeholder")).ToHaveTextAsync("Write here. Everybody with this document sees it at once.");

        var there = await PadPage.OpenAsync(bob, here.Path);
        await Expect(there.Saved).ToHaveTextAsync("You can read this document");
        await Expect(there.Text).ToHaveAttributeAsync("contenteditable", "false");
        await Expect(there.Page.Locator(".cm-placeholder")).ToHaveTextAsync("This document is empty.");
        await here.WriteAsync("draft");
        await there.HasTextAsync("draft");
        await here.WriteAsync(" two");
        await there.HasTextAsync("draft two");

        // The key is the only difference between the two links.
        var key = await ada.Page.EvaluateAsync<string>($"localStorage.getItem('duplex.pad-key.{here.Path.Split('/')[^1]}')");
        var writer = await PadPage.OpenAsync(await bob.NewPageAsync(), $"{here.Path}#{key}");
        await Expect(writer.Text).ToHaveAttributeAsync("contenteditable", "true");
        Assert.Equal(here.Path, new Uri(writer.Page.Url).PathAndQuery + new Uri(writer.Page.Url).Fragment);
        await writer.WriteAsync(" three");
        await here.HasTextAsync("draft two three");
    }

    [Fact]
    public async Task The_list_shows_documents_with_the_people_in_them()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "In the list");
        await here.WriteAsync("text");
        await here.IsSavedAsync();

        await bob.Page.GotoAsync("/pad");
        var entry = bob.Page.Locator(".documents li", new() { HasText = "In the list" });
        await Expect(entry).ToContainTextAsync("4 characters");
        await Expect(entry).ToContainTextAsync("1 here: Ada");
        await ada.Page.GotoAsync("/pad");
        await Expect(entry).Not.ToContainTextAsync("here:");
        await entry.GetByRole(AriaRole.Link).ClickAsync();
        await new PadPage(bob.Page).HasTextAsync("text");
    }

    [Fact]
    public async Task The_preview_shows_the_Markdown_beside_the_text_and_no_HTML_of_it()
    {
        await using var ada = await PersonAsync("Ada");
        var here = await PadPage.CreateAsync(ada, "Markdown");
        await PasteAsync(here, "# Title\n\nA *b* `c` <img src=x> [link](https://example.com) [bad](javascript:x)\n\n- one\n- two");
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        var preview = here.Page.Locator(".preview");
        await Expect(preview.Locator("h2")).ToHaveTextAsync("Title");
        await Expect(preview.Locator("li")).ToHaveTextAsync(["one", "two"]);
        await Expect(preview.Locator("em")).ToHaveTextAsync("b");
        await Expect(preview.Locator("a")).ToHaveAttributeAsync("href", "https://example.com");
        await Expect(preview.Locator("img")).ToHaveCountAsync(0);
        await Expect(preview).ToContainTextAsync("<img src=x>");
    }

    [Fact]
    public async Task The_history_has_every_version_with_its_authors_and_brings_one_back_as_an_edit()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Versions");
        await PasteAsync(here, "abc");
        await here.IsSavedAsync();
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.WriteAsync("");
        await PasteAsync(there, "de");
        await here.HasTextAsync("abcde");

        await here.Page.GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
        var (slider, past) = (here.Page.GetByLabel("Version", new() { Exact = true }), here.Page.Locator(".past"));
        await Expect(here.Page.Locator(".when")).ToContainTextAsync("Version 2 of 2");
        await Expect(here.Page.Locator(".when")).ToContainTextAsync("Bob");
        await Expect(past.Locator(".written")).ToHaveTextAsync(["abc", "de"]);
        await Expect(here.Page.Locator(".authors span")).ToHaveTextAsync(["Ada", "Bob"]);
        await slider.PressAsync("Home");
        await Expect(past).ToHaveTextAsync("");
        await slider.PressAsync("ArrowRight");
        await Expect(past).ToHaveTextAsync("abc");

        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Bring back this version" }).ClickAsync();
        await there.HasTextAsync("abc");
        await here.HasTextAsync("abc");
        await here.Page.Keyboard.PressAsync("Control+z");
        await there.HasTextAsync("abcde");
    }

    [Fact]
    public async Task Who_opens_a_document_at_version_5000_receives_its_text_and_not_its_updates()
    {
        const int pushes = 50, updates = 100;
        await using var ada = await PersonAsync("Ada");
        var here = await PadPage.CreateAsync(ada, "Old");
        var store = showcase.Showcase.Services.GetRequiredService<DocumentStore>();
        using (await store.Turns.TakeAsync(TestContext.Current.CancellationToken))
        {
            for (var push = 0; push < pushes; push++)
            {
                var document = store.Find(here.Path.Split('/')[^1])!;
                var length = document.Text.Length;
                var changes = Enumerable.Range(length, updates).Select(static at => ChangeSet.Replace(at, at, 0, "x")).ToList();
                store.Append(document, new(new(document.Version, "page", document.Version, changes), "user", "Eve", 1), document.Text + new string('x', updates));
            }
        }

        await using var bob = await PersonAsync("Bob");
        var received = 0;
        bob.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref received, frame.Text?.Length ?? frame.Binary?.Length ?? 0);
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.HasTextAsync(new string('x', pushes * updates));
        Assert.InRange(received, pushes * updates, 3 * pushes * updates);
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
        await Expect(bob.Page.Locator(".when")).ToContainTextAsync("Version 5000 of 5000");
    }

    [Fact]
    public async Task Following_a_person_scrolls_to_where_they_write_until_one_writes_oneself()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Follow");
        await PasteAsync(here, string.Join('\n', Enumerable.Range(1, 200).Select(static number => $"line {number}")));
        await here.IsSavedAsync();
        await here.Page.Keyboard.PressAsync("Control+Home");
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.WriteAsync("!");

        var button = here.Page.GetByRole(AriaRole.Button, new() { Name = "Bob" });
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(here.Cursors).ToBeInViewportAsync();
        await here.Text.PressAsync("Control+Home");
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task A_phone_shows_the_document_without_scrolling_sideways()
    {
        await using var ada = await PersonAsync("Ada");
        await ada.Page.SetViewportSizeAsync(390, 800);
        var here = await PadPage.CreateAsync(ada, "A title that is rather long for the width of a phone in a hand");
        await here.WriteAsync($"{new string('x', 120)} words and words and words");
        await here.IsSavedAsync();
        foreach (var name in (string[])["Preview", "History"])
        {
            Assert.True(await ada.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
            await here.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        }

        await Expect(here.Page.Locator(".when")).ToContainTextAsync("Version");
        Assert.True(await ada.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
    }

    [Fact]
    public async Task A_document_that_does_not_exist_is_said_to_be_missing()
    {
        await using var ada = await PersonAsync("Ada");
        await ada.Page.GotoAsync("/pad/none");
        await Expect(ada.Page.GetByText("There is no such document.")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "See all documents." }).ClickAsync();
        await Expect(ada.Page.Locator(".documents li", new() { HasText = "Welcome" })).ToBeVisibleAsync();
    }

    // A name belongs to whoever came with it first, so each person keeps one key for the class.
    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);

    private static async Task PasteAsync(PadPage pad, string text) => await pad.Text.EvaluateAsync(
        """
        (content, text) => {
          content.focus();
          const data = new DataTransfer();
          data.setData('text/plain', text);
          content.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """,
        text);
}
