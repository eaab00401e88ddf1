namespace Aspire.Hosting.ApplicationModel;

/// <summary>A parameter that names something in the model.</summary>
public interface IModelNameParameter;

/// <summary>A parameter that is a resource's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute, IModelNameParameter;

/// <summary>A parameter that is an endpoint's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute, IModelNameParameter;
