namespace Showcase.Chat;

/// <summary>Where and how much the chat remembers.</summary>
public sealed class ChatOptions
{
    /// <summary>The folder of the database; made when it is missing.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>Messages kept per room when the chat starts. Default 10,000.</summary>
    public int MessagesPerRoom { get; set; } = 10_000;
}
