using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Social.People;

/// <summary>What one person has decided about another one.</summary>
[JsonConverter(typeof(CamelCaseEnum<RelationKind>))]
public enum RelationKind
{
    /// <summary>The posts of the other one are part of the home timeline.</summary>
    Follow,

    /// <summary>The posts of the other one are not shown.</summary>
    Mute,

    /// <summary>Neither sees the posts of the other, and neither follows the other.</summary>
    Block,
}
