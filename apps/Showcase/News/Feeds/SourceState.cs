using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.News.Feeds;

/// <summary>The outcome of the latest request of a source.</summary>
[JsonConverter(typeof(CamelCaseEnum<SourceState>))]
public enum SourceState
{
    /// <summary>The source was not requested yet.</summary>
    Waiting,

    /// <summary>The source had stories that are new or changed.</summary>
    New,

    /// <summary>The source has not changed.</summary>
    Unchanged,

    /// <summary>The source could not be had or read.</summary>
    Failed,

    /// <summary>The source is part of the showcase and is not requested.</summary>
    Own,
}
