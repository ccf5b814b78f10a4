namespace Showcase.Pad.Documents;

/// <summary>Updates with their author, as they are stored and as the history contains them.</summary>
/// <param name="Push">The updates.</param>
/// <param name="User">The user's id.</param>
/// <param name="Name">The user's name at the time.</param>
/// <param name="Time">The time at which the server stored the updates, in Unix milliseconds.</param>
internal sealed record SignedPush(Push Push, string User, string Name, long Time);
