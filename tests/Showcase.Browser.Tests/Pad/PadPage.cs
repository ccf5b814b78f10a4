using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pad;

/// <summary>What a person does on the page of a document.</summary>
public sealed class PadPage(IPage page)
{
    public IPage Page => page;

    public ILocator Text => page.Locator(".cm-content");

    public ILocator Saved => page.Locator(".saved");

    public ILocator People => page.Locator(".people .person");

    public ILocator Cursors => page.Locator(".cm-peer-caret");

    public string Path => new Uri(page.Url).AbsolutePath;

    /// <summary>Creates a document by the form of the list.</summary>
    public static async Task<PadPage> CreateAsync(Person person, string title, bool isClosed = false)
    {
        await person.Page.GotoAsync("/pad");
        await person.Page.GetByLabel("Title of the new document").FillAsync(title);
        if (isClosed) await person.Page.GetByText("Only people with the link can find it and write").ClickAsync();
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        var created = new PadPage(person.Page);
        await Expect(created.Saved).ToHaveTextAsync("All changes saved");
        return created;
    }

    public static Task<PadPage> OpenAsync(Person person, string path) => OpenAsync(person.Page, path);

    public static async Task<PadPage> OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        var opened = new PadPage(page);
        await Expect(opened.Saved).Not.ToHaveTextAsync("");
        return opened;
    }

    /// <summary>Types at the end of the text.</summary>
    public async Task WriteAsync(string text)
    {
        await Text.FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(text);
    }

    public async Task IsSavedAsync() => await Expect(Saved).ToHaveTextAsync("All changes saved");

    public async Task HasTextAsync(string text) => await Expect(Text).ToHaveTextAsync(text);

    /// <summary>The number of changes to be sent that the page shows.</summary>
    public async Task HasUnsentAsync(int changes) => await Expect(Saved).ToHaveTextAsync($"{changes} changes to be sent, kept in this browser");

    /// <summary>Waits until the browser's database has the changes of each window that the server has not confirmed.</summary>
    public Task HasKeptAsync(params int[] changes) => page.WaitForFunctionAsync(
        """
        (changes) => new Promise((resolve) => {
          const request = indexedDB.open('duplex-pad', 2);
          request.onsuccess = () => {
            const all = request.result.transaction('windows').objectStore('windows').getAll();
            all.onsuccess = () => {
              request.result.close();
              const kept = all.result.map(({ updates }) => updates.length).sort((a, b) => a - b);
              resolve(kept.join() === changes.join());
            };
          };
        })
        """,
        changes.Order().ToArray());
}
