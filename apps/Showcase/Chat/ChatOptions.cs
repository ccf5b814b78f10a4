namespace Showcase.Chat;

/// <summary>How much the chat keeps.</summary>
public sealed class ChatOptions
{
    /// <summary>Messages kept of each room; older ones are removed. Default 5,000; at least 1.</summary>
    public int MessagesPerRoom { get; set; } = 5000;

    /// <summary>Read markers kept of each room; those that are least far are removed. Default 5,000; at least 1.</summary>
    public int MarkersPerRoom { get; set; } = 5000;

    internal bool AreValid => MessagesPerRoom >= 1 && MarkersPerRoom >= 1;
}
