namespace Showcase.Applications;

/// <summary>What has happened in an application, for the readers of the news wire.</summary>
/// <param name="Id">The id; a second announcement with it is a correction of the first.</param>
/// <param name="Topic">The topic of the wire.</param>
/// <param name="Title">The headline.</param>
/// <param name="Summary">The summary.</param>
/// <param name="Path">The path of the page that shows more.</param>
public sealed record Announcement(string Id, string Topic, string Title, string Summary, string Path);
