/** Rooms for keys and for IAM; what only IAM may do or see is marked. */
export const SCHEMA = `
schema { query: Query mutation: Mutation subscription: Subscription }
type Query {
  room(id: ID!): Room
  nested: Nested
  strict: Strict
  strictRooms: [Room!]!
  failing(message: String): Room
  signed: String @aws_iam
  moment: AWSDateTime
}
type Mutation {
  publishRoom(input: RoomInput!): Room
  publishStrict(input: RoomInput!): Strict
  publishSigned(input: RoomInput!): Room @aws_iam
  failToPublish(input: RoomInput!): Room
  closeRooms(names: [String!]!): Room
}
type Subscription {
  onRoom(id: ID, name: String, size: Int, open: Boolean): Room
    @aws_subscribe(mutations: ["publishRoom", "publishSigned", "failToPublish", "closeRooms"])
  onStrict: Strict @aws_subscribe(mutations: ["publishStrict"])
  onFiltered(filter: AWSJSON!, name: String): Room @aws_subscribe(mutations: ["publishRoom"])
  onClosing(name: String!): Room @aws_subscribe(mutations: ["publishRoom"])
  onGuarded(name: String): Room @aws_subscribe(mutations: ["publishRoom"])
  onSigned: Room @aws_subscribe(mutations: ["publishSigned"]) @aws_iam
}
input RoomInput {
  id: ID!
  name: String
  size: Int
  open: Boolean
  tags: [String]
  secret: String
  inner: InnerInput
}
input InnerInput { leaf: String inner: InnerInput }
type Room @aws_api_key @aws_iam {
  id: ID!
  name: String
  size: Int
  open: Boolean
  tags: [String]
  secret: String @aws_iam
  inner: Inner
}
type Inner @aws_api_key @aws_iam { leaf: String inner: Inner }
type Strict { id: ID! created: AWSDateTime! name: String }
type Nested { leaf: String nested: Nested room: Room }
`;
