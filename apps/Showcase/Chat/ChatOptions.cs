using Duplex.Configuration;

namespace Showcase.Chat;

/// <summary>Options of the chat's retention and of its first messages.</summary>
public sealed class ChatOptions
{
    /// <summary>The maximum number of messages retained per room; older ones are removed. Default 5,000.</summary>
    [NumberRange(1, int.MaxValue, "messages")]
    public int MessagesPerRoom { get; set; } = 5000;

    /// <summary>The maximum number of read markers retained per room; those with the lowest ids are removed. Default 5,000.</summary>
    [NumberRange(1, int.MaxValue, "markers")]
    public int MarkersPerRoom { get; set; } = 5000;

    /// <summary>Whether a store without messages receives the messages of <see cref="WelcomeMessages"/> at the start. Default true.</summary>
    public bool Welcomes { get; set; } = true;
}
