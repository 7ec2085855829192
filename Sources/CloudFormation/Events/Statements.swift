import OrderedJSON

/// A statement of the execution role's policy whose resources are gathered while events are compiled.
struct GatheredStatement {
    let actions: [TemplateValue]
    private(set) var resources: [TemplateValue] = []

    init(_ actions: TemplateValue...) { self.actions = actions }

    mutating func add(_ resource: TemplateValue) { resources.append(resource) }

    /// The statement, `nil` where no resource was gathered.
    var value: TemplateValue? {
        resources.isEmpty ? nil : ["Effect": "Allow", "Action": .array(actions), "Resource": .array(resources)]
    }

    /// What a function inside a VPC needs to reach brokers there.
    static let networkInterfaces: TemplateValue = [
        "Effect": "Allow",
        "Action": [
            "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeVpcs",
            "ec2:DeleteNetworkInterface", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
        ],
        "Resource": "*",
    ]
}
