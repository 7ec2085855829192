import ConfigurationValues
import OrderedJSON

/// The default mapping templates of the integration `lambda`.
///
/// Handlers receive the same members as with Serverless: the body, and the request data of API Gateway.
enum RestMappingTemplates {
    /// The placeholder for the claims of a user pool.
    static let claimsMark = "extraCognitoPoolClaims"

    /// The templates by media type.
    static let defaults: OrderedMap<TemplateValue> = [
        "application/json": .string(json), "application/x-www-form-urlencoded": .string(form),
    ]

    private static let json = """
        #set( $content = $input.json("$") )
        \(event)
        """

    private static let form = #"""
        #define( $content )
        {
        #foreach( $field in $input.path('$').split('&') )
        #set( $pair = $field.split('=') )
        #set( $length = $pair.size() )
        #if( $length >= 1 )
        #set( $name = $util.escapeJavaScript($util.urlDecode($pair[0])) )
        #if( $length >= 2 )
        #set( $text = $util.escapeJavaScript($util.urlDecode($pair[1])).replaceAll("\\'", "'") )
        #else
        #set( $text = '' )
        #end
        "$name": "$text"#if( $foreach.hasNext ),#end
        #end
        #end
        }
        #end
        \#(event)
        """#

    private static let event = #"""
        #define( $members )
        {
        #foreach( $entry in $source.keySet() )
        #set( $label = $util.escapeJavaScript($entry) )
        #set( $datum = $util.escapeJavaScript($source.get($entry)).replaceAll("\\'", "'") )
        "$label": "$datum"#if( $foreach.hasNext ),#end
        #end
        }
        #end
        {
        "body": $content,
        "method": "$context.httpMethod",
        "principalId": "$context.authorizer.principalId",
        "stage": "$context.stage",
        "cognitoPoolClaims": { extraCognitoPoolClaims "sub": "$context.authorizer.claims.sub" },
        #set( $source = $context.authorizer )
        "enhancedAuthContext": $members,
        #set( $source = $input.params().header )
        "headers": $members,
        #set( $source = $input.params().querystring )
        "query": $members,
        #set( $source = $input.params().path )
        "path": $members,
        #set( $source = $context.identity )
        "identity": $members,
        #set( $source = $stageVariables )
        "stageVariables": $members,
        "requestPath": "$context.resourcePath"
        }
        """#
}
