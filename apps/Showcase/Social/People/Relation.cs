namespace Showcase.Social.People;

/// <summary>A relation of a person to another one, with the name that the other one had.</summary>
public sealed record Relation(RelationKind Kind, string User, string Name);
