using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pages;

/// <summary>The pages of the showcase as its build lists them, so that a new page is tested without a line here.</summary>
public static partial class ListedPages
{
    // The folders of the pages' code by their paths.
    private static readonly Dictionary<string, string> Folders = Page()
        .Matches(File.ReadAllText(Repository.PathOf("apps", "Showcase", "web", "pages.ts")))
        .ToDictionary(static match => $"/{match.Groups["path"].Value}", static match => match.Groups[match.Groups["code"].Success ? "code" : "path"].Value);

    /// <summary>The paths of all pages.</summary>
    public static TheoryData<string> All { get; } = new(Folders.Keys);

    /// <summary>The paths of the pages that open a connection.</summary>
    public static TheoryData<string> Live { get; } = new(Folders.Keys.Where(IsLive));

    /// <summary>Opens a page and waits until it is connected and its content has replaced the notice.</summary>
    public static async Task OpenAsync(Person person, string path)
    {
        await person.Page.GotoAsync(path);
        if (IsLive(path)) await Expect(person.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "connected");
        await Expect(person.Page.Locator("main > .notice.opening")).ToHaveCountAsync(0);
    }

    // A page opens a connection when its code completes the header with the pill.
    private static bool IsLive(string path) => File
        .ReadAllText(Repository.PathOf("apps", "Showcase", "web", "src", Folders[path], "main.ts"))
        .Contains("openPage(", StringComparison.Ordinal);

    [GeneratedRegex(@"folder: '(?<path>[^']*)',(?:\s+code: '(?<code>[^']*)')?")]
    private static partial Regex Page();
}
