namespace Showcase.Social.Bots;

/// <summary>A program of the showcase that posts texts in the public domain.</summary>
/// <param name="User">The user's id, which no visitor has.</param>
/// <param name="Name">The name.</param>
/// <param name="About">Where its texts come from.</param>
/// <param name="Lines">Its texts.</param>
internal sealed record Bot(string User, string Name, string About, IReadOnlyList<string> Lines)
{
    private static readonly Dictionary<string, Bot> ByUser = Read().ToDictionary(static bot => bot.User);

    /// <summary>All bots.</summary>
    public static IReadOnlyList<Bot> All { get; } = [.. ByUser.Values];

    /// <summary>Returns the bot with a user's id, or null when the user is a visitor.</summary>
    public static Bot? Find(string user) => ByUser.GetValueOrDefault(user);

    // A line that begins with "=" has the user, the name and the source of the texts on the lines below it.
    private static IEnumerable<Bot> Read()
    {
        using var reader = new StreamReader(typeof(Bot).Assembly.GetManifestResourceStream("bot-lines.txt")!);
        foreach (var bot in reader.ReadToEnd().Split("= ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = bot.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var head = lines[0].Split('|', StringSplitOptions.TrimEntries);
            yield return new($"bot-{head[0]}", head[1], head[2], lines[1..]);
        }
    }
}
