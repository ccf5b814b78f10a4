namespace Showcase.Pad.Documents;

/// <summary>The document that explains the others. It is restored now and then.</summary>
internal static class Welcome
{
    /// <summary>The id of the document.</summary>
    public const string Id = "welcome";

    /// <summary>The title of the document.</summary>
    public const string Title = "Welcome";

    /// <summary>The text of the document.</summary>
    public const string Text = """
        # Write here

        Everybody on this page edits **this text**. Open it in a second window and type in both.

        ## What to try

        - Type: your letters appear at once here, and a moment later in every other window.
        - Undo takes back your own changes, never those of others.
        - Choose *cut* as the line in the wire panel, go on writing, reload, and choose *as it is*: every letter is merged.
        - Open the history and move the slider through every version. Colours show who wrote which words.
        - Press a name to follow that person.

        ## How it works

        1. The page sends each change with the version to which it applies.
        2. The server moves it over what others have changed since, writes it to its disk, and publishes it.
        3. Every page applies the published changes in the same order, so all texts are equal.

        `saved` means that the server has stored your changes. A server that is killed at any moment loses none of those.

        > This document is restored every hour. Create one of your own to keep it.
        """;
}
